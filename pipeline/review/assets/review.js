// The keys, the lighting of the words a row was read from, and the adding of a row from selected words.
// Everything else is plain links and forms. Nothing is ever put into the page but as text.
"use strict";

const one = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const names = (element) => (element.dataset.names || "").split(" ");

// ---------------------------------------------------------------- rows and their words
const rows = all(".row");
const pane = one("#pane");
let at = Math.max(0, rows.findIndex((row) => row.classList.contains("current")));

function light(name) {
  const lit = [];
  for (const mark of all(".mark")) {
    const on = names(mark).includes(name);
    mark.classList.toggle("lit", on);
    if (on) lit.push(mark);
  }
  if (!pane || !lit.length) return;
  const box = lit[0].getBoundingClientRect(), frame = pane.getBoundingClientRect();
  if (box.top < frame.top || box.bottom > frame.bottom - 40) pane.scrollTop += box.top - frame.top - frame.height / 3;
}

function choose(index, { focus = true } = {}) {
  if (!rows.length) return;
  at = Math.min(Math.max(index, 0), rows.length - 1);
  const row = rows[at];
  for (const other of rows) {
    other.classList.toggle("current", other === row && "row" in row.dataset);
    other.removeAttribute("aria-current");
  }
  if (!("row" in row.dataset)) {
    one("a", row).focus();
    return;
  }
  row.setAttribute("aria-current", "true");
  light(row.dataset.row);
  if (focus) {
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }
  const address = new URL(location.href);
  address.searchParams.set("row", row.dataset.row);
  address.searchParams.delete("said");
  history.replaceState(null, "", address);
  for (const link of all("[data-switch]")) {
    const target = new URL(link.href);
    target.searchParams.set("row", row.dataset.row);
    target.searchParams.delete("said");
    link.href = target.href;
  }
}

rows.forEach((row, index) => {
  if ("row" in row.dataset) row.addEventListener("pointerdown", () => index !== at && choose(index, { focus: false }));
});
for (const mark of all(".mark")) {
  mark.addEventListener("click", () => {
    if (String(getSelection())) return;
    const index = rows.findIndex((row) => names(mark).includes(row.dataset.row));
    if (index >= 0) choose(index);
  });
}
for (const field of all("[data-field]")) field.addEventListener("pointerdown", () => light(field.dataset.field));
if (rows.length && "row" in rows[at].dataset) {
  const asked = new URL(location.href).searchParams.has("row");
  light(rows[at].dataset.row);
  if (asked) {
    rows[at].focus({ preventScroll: true });
    rows[at].scrollIntoView({ block: "nearest" });
  }
}

// ---------------------------------------------------------------- a row from selected words
// Offsets of the database count code points, those of the browser UTF-16 units.
function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed || !one("#text")) return null;
  const range = selection.getRangeAt(0);
  let start = null, end = null, quote = "";
  let line = null;
  for (const piece of all("#text [data-at]")) {
    const text = piece.firstChild;
    if (!text || !range.intersectsNode(text)) continue;
    const from = range.startContainer === text ? range.startOffset : 0;
    const to = range.endContainer === text ? range.endOffset : text.data.length;
    if (from >= to) continue;
    const begin = Number(piece.dataset.at);
    start ??= begin + [...text.data.slice(0, from)].length;
    end = begin + [...text.data.slice(0, to)].length;
    quote += (line && line !== piece.parentNode ? "\n" : "") + text.data.slice(from, to);
    line = piece.parentNode;
  }
  return start === null ? null : { start, end, quote };
}

function add() {
  const dialog = one("#add");
  if (!dialog) {
    one("[data-switch]")?.click();
    return;
  }
  const words = selected();
  one("#add-hint").hidden = words !== null;
  if (!words) return;
  const form = one("form", dialog);
  form.elements.start.value = words.start;
  form.elements.end.value = words.end;
  one("#add-quote").textContent = words.quote;
  dialog.showModal();
  form.elements.actors.focus();
}
// The press of a button would drop the selection.
one("#add-open")?.addEventListener("mousedown", (event) => event.preventDefault());
one("#add-open")?.addEventListener("click", add);
one("#add-close")?.addEventListener("click", () => one("#add").close());

// ---------------------------------------------------------------- keys
const keysOn = one("#keys-on");
keysOn.checked = localStorage.getItem("keys") !== "off";
keysOn.addEventListener("change", () => localStorage.setItem("keys", keysOn.checked ? "on" : "off"));
one("#help-open").addEventListener("click", () => one("#help").showModal());

function press(value) {
  const button = rows[at] && one(`.acts button[value="${value}"]`, rows[at]);
  if (button) button.form.requestSubmit(button);
}

function unfold(kind) {
  const details = rows[at] && one(`details.${kind}`, rows[at]);
  if (!details) return;
  details.open = true;
  one("select, input:not([type=hidden]), textarea", details).focus();
}

function next() {
  const target = new URL(one("#next").href);
  const row = rows[at]?.dataset.row;
  if (row) target.searchParams.set("after", row);
  if (new URL(location.href).searchParams.get("view") === "text") target.searchParams.set("view", "text");
  location.assign(target);
}
one("#next").addEventListener("click", (event) => {
  event.preventDefault();
  next();
});

function leave() {
  for (const details of all("details.edit[open], details.state[open]")) details.open = false;
  if (one("#add-hint")) one("#add-hint").hidden = true;
  if (rows.length && "row" in rows[at].dataset) rows[at].focus();
  else document.activeElement.blur();
}

const keys = {
  j: () => choose(rows[at] === document.activeElement.closest(".row") ? at + 1 : at),
  k: () => choose(at - 1),
  a: () => press("accept"),
  r: () => press("reject"),
  u: () => press("undo"),
  e: () => unfold("edit"),
  s: () => unfold("state"),
  n: next,
  t: add,
  v: () => one("[data-switch]")?.click(),
  "/": () => one("#search")?.focus(),
  "?": () => one("#help").showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || one("dialog[open]")) return;
  if (event.key === "Escape") {
    leave();
    return;
  }
  if (event.target.closest("input, select, textarea") || !(keysOn.checked || event.key === "?")) return;
  const act = keys[event.key];
  if (act) {
    event.preventDefault();
    act();
  }
});
