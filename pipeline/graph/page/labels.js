// Labels that do not overlap: the important ones first, each where the canvas is still free.
const MAX_LABELS = 140;
const MAX_TRIES = 900;
const SPOT = 5;
const FONT = "system-ui, 'Noto Sans', 'Segoe UI', sans-serif";
const byImportance = [...nodes.keys()].sort((a, b) =>
  (nodes[b].degree || 0) - (nodes[a].degree || 0) || Number(nodes[b].in_folder) - Number(nodes[a].in_folder));
const widths = new Map();

let taken = new Uint8Array(0);
let columns = 0;
let rows = 0;

function clearTaken() {
  columns = Math.ceil(camera.width / SPOT);
  rows = Math.ceil(camera.height / SPOT);
  taken = taken.length === columns * rows ? taken.fill(0) : new Uint8Array(columns * rows);
}

function isFree(box) {
  if (box.x < 0 || box.y < 0 || box.x + box.width > camera.width || box.y + box.height > camera.height) return false;
  return eachSpot(box, (spot) => !taken[spot]);
}

function take(box) {
  eachSpot(box, (spot) => { taken[spot] = 1; return true; });
}

// Calls `visit` on the spots of a box until it says false; true if it never did.
function eachSpot(box, visit) {
  const [left, right] = [Math.max(Math.floor(box.x / SPOT), 0), Math.min(Math.floor((box.x + box.width) / SPOT), columns - 1)];
  const [top, bottom] = [Math.max(Math.floor(box.y / SPOT), 0), Math.min(Math.floor((box.y + box.height) / SPOT), rows - 1)];
  for (let row = top; row <= bottom; row += 1) {
    for (let column = left; column <= right; column += 1) if (!visit(row * columns + column)) return false;
  }
  return true;
}

function shortLabel(node) {
  const letters = [...labelOf(node)];
  return letters.length > 42 ? `${letters.slice(0, 40).join("").trimEnd()}…` : letters.join("");
}

function widthOf(context, text) {
  const key = context.font + text;
  if (!widths.has(key)) widths.set(key, context.measureText(text).width);
  return widths.get(key);
}

// Right, left, below, above: the first free one, or null.
function placeLabel(x, y, r, width) {
  const height = 15;
  const boxes = [
    { x: x + r + 3, y: y - height / 2, width, height },
    { x: x - r - 3 - width, y: y - height / 2, width, height },
    { x: x - width / 2, y: y + r + 2, width, height },
    { x: x - width / 2, y: y - r - 2 - height, width, height },
  ];
  return boxes.find(isFree) || null;
}

// What is selected or pointed at, then its neighbours, then the rest by importance.
function labelOrder() {
  const first = [...new Set([state.hovered, ...selectedEnds()].filter((index) => index !== null))];
  const near = state.node === null ? [] : neighbours(state.node);
  return { first, order: [...new Set([...first, ...near, ...byImportance])] };
}

function drawLabels(context) {
  const { x, y } = layouts[state.layout];
  const { first, order } = labelOrder();
  let [placed, tried] = [0, 0];
  context.textBaseline = "middle";
  context.lineJoin = "round";
  for (const index of order) {
    if (placed >= MAX_LABELS || tried >= MAX_TRIES) break;
    const [sx, sy] = [screenX(x[index]), screenY(y[index])];
    if (!shownNode[index] || sx < 0 || sy < 0 || sx > camera.width || sy > camera.height) continue;
    tried += 1;
    if (drawLabel(context, index, [sx, sy], first.includes(index))) placed += 1;
  }
}

function drawLabel(context, index, [sx, sy], strong) {
  const text = shortLabel(nodes[index]);
  context.font = `${strong ? "600 13px" : "12px"} ${FONT}`;
  const width = widthOf(context, text);
  const r = radiusOf(index);
  const box = placeLabel(sx, sy, r, width)
    || (strong ? { x: Math.min(sx + r + 3, camera.width - width), y: sy - 7.5, width, height: 15 } : null);
  if (!box) return false;
  take(box);
  context.lineWidth = 3.5;
  context.strokeStyle = ink.paper;
  context.strokeText(text, box.x, box.y + 8);
  context.fillStyle = isFaded(index) ? ink.faint : ink.text;
  context.fillText(text, box.x, box.y + 8);
  return true;
}
