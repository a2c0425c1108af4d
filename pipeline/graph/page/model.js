// The data, what is selected, and what of it is visible.
const view = JSON.parse(document.getElementById("data").textContent);
const { nodes, edges } = view;
const outgoing = nodes.map(() => []);
const incoming = nodes.map(() => []);
edges.forEach((edge, index) => {
  outgoing[edge.source].push(index);
  incoming[edge.target].push(index);
});
const indexOfId = new Map(nodes.map((node, index) => [node.id, index]));
const folded = nodes.map((node) => fold([node.label, node.code, node.subject, node.issuer].filter(Boolean).join(" ")));

const state = {
  layout: nodes.some((node) => node.date) ? "time" : "network",
  node: null,
  edge: null,
  depth: 0,
  hovered: null,
  hidden: { relation: new Set(), type: new Set(), place: new Set() },
};
const shownNode = new Uint8Array(nodes.length).fill(1);
const shownEdge = new Uint8Array(edges.length).fill(1);

// Vietnamese without marks and capitals; đ is a letter of its own and has no decomposition.
function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
}

function labelOf(node) {
  return node.label || node.code || say("unnamed");
}

function typeOf(node) {
  return node.type || view.kinds[node.kind] || node.kind;
}

function placeOf(node) {
  return node.in_folder ? "in_folder" : "only_cited";
}

function relationName(relation) {
  return view.relations[relation] || relation;
}

function countBy(items, keyOf) {
  const counts = new Map();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) || 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || String(a[0]).localeCompare(String(b[0]), "vi"));
}

function passesFilters(node) {
  return !state.hidden.type.has(typeOf(node)) && !state.hidden.place.has(placeOf(node));
}

function refreshVisible() {
  nodes.forEach((node, index) => { shownNode[index] = passesFilters(node) ? 1 : 0; });
  // What is selected stays in sight, or the panel would speak of something that is not there.
  for (const index of selectedEnds()) shownNode[index] = 1;
  markEdges();
  if (state.depth > 0 && selectedEnds().length) {
    const near = neighbourhood(selectedEnds(), state.depth);
    for (let index = 0; index < nodes.length; index += 1) if (!near.has(index)) shownNode[index] = 0;
    markEdges();
  }
}

function markEdges() {
  edges.forEach((edge, index) => {
    const passes = index === state.edge || !state.hidden.relation.has(edge.relation);
    shownEdge[index] = passes && shownNode[edge.source] && shownNode[edge.target] ? 1 : 0;
  });
}

function selectedEnds() {
  if (state.node !== null) return [state.node];
  return state.edge === null ? [] : [edges[state.edge].source, edges[state.edge].target];
}

// The nodes at most `depth` visible edges away from `start`, whatever the direction of the edges.
function neighbourhood(start, depth) {
  const near = new Set(start);
  let rim = start;
  for (let step = 0; step < depth; step += 1) {
    const next = [];
    for (const index of rim) {
      for (const other of neighbours(index)) {
        if (!near.has(other)) { near.add(other); next.push(other); }
      }
    }
    rim = next;
  }
  return near;
}

function neighbours(index) {
  return [
    ...outgoing[index].filter((edge) => shownEdge[edge]).map((edge) => edges[edge].target),
    ...incoming[index].filter((edge) => shownEdge[edge]).map((edge) => edges[edge].source),
  ];
}

function countShown(flags) {
  let n = 0;
  for (const flag of flags) n += flag;
  return n;
}
