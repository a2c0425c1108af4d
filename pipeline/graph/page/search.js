// Search as a combobox: every word must occur, marks and capitals do not matter.
const searchBox = document.getElementById("search");
const foundList = document.getElementById("found");
const MAX_FOUND = 12;

let found = [];
let active = -1;

function makeSearch() {
  searchBox.placeholder = say("search");
  searchBox.setAttribute("aria-label", say("search"));
  foundList.setAttribute("aria-label", say("search"));
  searchBox.addEventListener("input", showFound);
  searchBox.addEventListener("keydown", searchKey);
  searchBox.addEventListener("blur", hideFound);
}

function searchNodes(query) {
  const words = fold(query).split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  const scored = [];
  folded.forEach((text, index) => {
    if (words.every((word) => text.includes(word))) scored.push([score(text, words), index]);
  });
  return scored.sort((a, b) => b[0] - a[0] || (nodes[b[1]].degree || 0) - (nodes[a[1]].degree || 0)).map(([, index]) => index);
}

// The phrase as typed counts most, at the start above all; then words that begin where a word of the text begins.
function score(text, words) {
  const phrase = words.join(" ");
  const begins = words.filter((word) => ` ${text}`.includes(` ${word}`)).length;
  return (text.startsWith(phrase) ? 8 : 0) + (` ${text}`.includes(` ${phrase}`) ? 4 : 0) + begins / words.length;
}

function showFound() {
  const all = searchNodes(searchBox.value);
  found = all.slice(0, MAX_FOUND);
  active = -1;
  foundList.replaceChildren(...found.map((index, at) => foundItem(index, at)));
  setOpen(found.length > 0);
  if (!searchBox.value.trim()) return;
  announce(say(all.length > found.length ? "found_first" : "found", { n: all.length, shown: found.length }));
}

function foundItem(index, at) {
  const node = nodes[index];
  const detail = [node.subject, node.issuer].filter(Boolean).join(" · ");
  // Pressing, not clicking: a click would come after the list has been closed by the loss of focus.
  const choose = (event) => { event.preventDefault(); choseFound(at); };
  return element("li", { role: "option", id: `found-${at}`, "aria-selected": "false", onpointerdown: choose }, [
    element("bdi", { text: labelOf(node) }),
    ...(detail ? [element("small", { text: detail, dir: "auto" })] : []),
  ]);
}

function searchKey(event) {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (foundList.hidden) showFound();
    setActive(active + (event.key === "ArrowDown" ? 1 : -1));
  } else if (event.key === "Enter" && found.length && !foundList.hidden) {
    event.preventDefault();
    choseFound(Math.max(active, 0));
  } else if (event.key === "Escape" && !foundList.hidden) {
    event.stopPropagation();
    hideFound();
  }
}

function setActive(at) {
  if (!found.length) return;
  active = (at + found.length) % found.length;
  [...foundList.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === active)));
  searchBox.setAttribute("aria-activedescendant", `found-${active}`);
  foundList.children[active].scrollIntoView({ block: "nearest" });
}

function choseFound(at) {
  hideFound();
  select({ node: found[at] }, { withFocus: true });
}

function hideFound() {
  setOpen(false);
}

function setOpen(open) {
  foundList.hidden = !open;
  searchBox.setAttribute("aria-expanded", String(open));
  if (!open || active < 0) searchBox.removeAttribute("aria-activedescendant");
}
