// What is selected, in words: fields, relations in both directions, source sentences.
const panel = document.getElementById("panel");
const PER_PAGE = 40;

// An element with text and children. Text of the data is only ever set as text: it cannot become markup.
function element(tag, options = {}, children = []) {
  const made = document.createElement(tag);
  const { text, ...attributes } = options;
  if (text !== undefined) made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

function showPanel(withFocus) {
  panel.hidden = state.node === null && state.edge === null;
  if (panel.hidden) { panel.replaceChildren(); return; }
  const heading = element("h2", { tabindex: "-1" }, headingParts());
  const close = element("button", { type: "button", class: "close", text: "×", "aria-label": say("close"), onclick: clearSelection });
  panel.replaceChildren(close, heading, ...(state.edge === null ? nodeParts(state.node) : edgeParts(edges[state.edge])));
  panel.scrollTop = 0;
  if (withFocus) heading.focus();
}

function headingParts() {
  if (state.node !== null) return [element("bdi", { text: labelOf(nodes[state.node]) })];
  const { relation } = edges[state.edge];
  return [swatch(relation), element("bdi", { text: relationName(relation) })];
}

function nodeParts(index) {
  const node = nodes[index];
  const fields = [
    ["type", typeOf(node)],
    ["code", node.code],
    ["date", node.date && dayName(node.date)],
    ["issuer", node.issuer],
    ["subject", node.subject],
    ["state", node.state && sayIfKnown("state_", node.state)],
    ["place", say(placeOf(node))],
    ["path", node.path],
  ];
  return [
    fieldList(fields),
    ...relationList("outgoing", outgoing[index], (edge) => edge.target),
    ...relationList("incoming", incoming[index], (edge) => edge.source),
  ];
}

function edgeParts(edge) {
  return [
    element("dl", {}, [
      element("dt", { text: say("from") }), element("dd", {}, [nodeButton(edge.source)]),
      element("dt", { text: say("to") }), element("dd", {}, [nodeButton(edge.target)]),
    ]),
    fieldList([["mentions", edge.mentions], ["by", edge.by && sayIfKnown("by_", edge.by)]]),
    ...placeParts(edge.places || []),
  ];
}

function fieldList(fields) {
  return element("dl", {}, fields.filter(([, value]) => value !== null && value !== undefined && value !== "").flatMap(
    ([name, value]) => [element("dt", { text: say(name) }), element("dd", {}, [element("bdi", { text: value })])],
  ));
}

function placeParts(places) {
  if (!places.length) return [];
  const items = places.map((place) => element("li", {}, [
    element("blockquote", { text: place.quote || "", dir: "auto" }),
    element("p", { class: "where" }, [
      element("bdi", { text: place.path || "" }),
      ...(place.page ? [` · ${say("page", { n: place.page })}`] : []),
    ]),
  ]));
  return [element("h3", { text: say("places") }), element("ul", { class: "places" }, items)];
}

// The relations of a node in one direction, a page of them at a time.
function relationList(title, indexes, otherOf) {
  if (!indexes.length) return [];
  const list = element("ul", { class: "relations" });
  const sorted = [...indexes].sort((a, b) => relations.indexOf(edges[a].relation) - relations.indexOf(edges[b].relation));
  const more = element("button", { type: "button", class: "more", onclick: () => addPage(true) });
  const addPage = (withFocus) => {
    const start = list.children.length;
    list.append(...sorted.slice(start, start + PER_PAGE).map((index) => relationItem(index, otherOf(edges[index]))));
    const left = sorted.length - list.children.length;
    more.textContent = say("more", { n: Math.min(left, PER_PAGE) });
    more.hidden = left === 0;
    if (withFocus) list.children[start].querySelector("button").focus();
  };
  addPage(false);
  return [element("h3", { text: say(title, { n: indexes.length }) }), list, more];
}

function relationItem(index, other) {
  const { relation, mentions } = edges[index];
  const times = mentions > 1 ? ` ×${mentions}` : "";
  return element("li", {}, [
    element("button", { type: "button", class: "edge", onclick: () => select({ edge: index }, { withFocus: true }) }, [
      swatch(relation), element("bdi", { text: relationName(relation) }), times,
    ]),
    nodeButton(other),
  ]);
}

function nodeButton(index) {
  const go = () => select({ node: index }, { withFocus: true });
  return element("button", { type: "button", class: "node", onclick: go }, [element("bdi", { text: labelOf(nodes[index]) })]);
}

// A line in the colour and dash of a relation.
function swatch(relation) {
  const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "line");
  drawing.setAttribute("class", `swatch relation-${relations.indexOf(relation) % COLOURS}`);
  drawing.setAttribute("viewBox", "0 0 28 8");
  drawing.setAttribute("aria-hidden", "true");
  const attributes = { x1: 0, y1: 4, x2: 28, y2: 4, "stroke-dasharray": dashOf(relation).join(" ") };
  for (const [name, value] of Object.entries(attributes)) line.setAttribute(name, value);
  drawing.append(line);
  return drawing;
}

function dayName(date) {
  const [year, month, day] = date.split("-");
  return day ? `${day}/${month}/${year}` : date;
}
