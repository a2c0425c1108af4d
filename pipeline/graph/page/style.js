// How relations and nodes look. Colours are those of page.css, so that light, dark and print have one source.
const relations = [...new Set([...Object.keys(view.relations), ...edges.map((edge) => edge.relation)])]
  .filter((relation) => edges.some((edge) => edge.relation === relation));
const edgesOf = new Map(relations.map((relation) => [relation, []]));
edges.forEach((edge, index) => edgesOf.get(edge.relation).push(index));

// Seven colours told apart by the colour-blind (Okabe and Ito), and dashes as a second cue: 28 pairs before one recurs.
const COLOURS = 7;
const DASHES = [[], [7, 4], [2, 4], [10, 4, 2, 4]];
const STRUCK = new Set(["replaced", "repealed"]);

let ink = {};

function readColours() {
  const style = getComputedStyle(document.documentElement);
  const value = (name) => style.getPropertyValue(name).trim();
  ink = {
    paper: value("--paper"), text: value("--text"), faint: value("--faint"), line: value("--line"),
    node: value("--node"), accent: value("--accent"),
    relation: Array.from({ length: COLOURS }, (_, i) => value(`--relation-${i}`)),
  };
}

function colourOf(relation) {
  return ink.relation[relations.indexOf(relation) % COLOURS];
}

function dashOf(relation) {
  return DASHES[relations.indexOf(relation) % DASHES.length];
}

const baseRadius = nodes.map((node) => Math.min(4.5 + 1.1 * Math.sqrt(node.degree || 0), 15));

function radiusOf(index) {
  return baseRadius[index] * Math.min(Math.max(Math.sqrt(camera.scale), 0.32), 1.5);
}

// Adds the outline of a node of this kind to the current path: the kind is told by the shape.
function outline(context, kind, x, y, r) {
  if (kind === "provision") context.rect(x - r * 0.8, y - r * 0.8, r * 1.6, r * 1.6);
  else if (kind === "unit") polygon(context, [[x, y - r * 1.15], [x + r * 1.1, y + r * 0.8], [x - r * 1.1, y + r * 0.8]]);
  else if (kind === "person") polygon(context, [[x, y - r * 1.2], [x + r * 1.2, y], [x, y + r * 1.2], [x - r * 1.2, y]]);
  else {
    context.moveTo(x + r, y);
    context.arc(x, y, r, 0, Math.PI * 2);
  }
}

function polygon(context, points) {
  points.forEach(([x, y], step) => (step ? context.lineTo(x, y) : context.moveTo(x, y)));
  context.closePath();
}
