// Where nodes are in the world of each layout, and which part of it the canvas shows.
const canvas = document.getElementById("canvas");
const camera = { x: 0, y: 0, scale: 1, width: 1, height: 1 };
const MIN_SCALE = 0.02;
const MAX_SCALE = 8;
const LANE = 46;
const CELL = 60;
const DAY = 86400000;

const epochDays = nodes.map((node) => (node.date ? Date.parse(node.date) / DAY : NaN));
// The axis needs to know which day x = 0 is; the data say it through any node that has both.
const anchor = nodes.findIndex((node, index) => Number.isFinite(node.x) && Number.isFinite(epochDays[index]));
const firstDay = anchor < 0 ? 0 : epochDays[anchor] - nodes[anchor].x;
const timeSpan = spanOf(nodes.map((node) => node.x).filter(Number.isFinite));
const laneSpan = spanOf(nodes.map((node) => node.y).filter(Number.isFinite));
const timeHeight = Math.max(LANE * (laneSpan.size + 1), 620);
const timeWidth = Math.max(timeHeight * 1.5, 1000);
const layouts = { time: timeLayout(), network: networkLayout() };
const grids = { time: gridOf(layouts.time), network: gridOf(layouts.network) };

function spanOf(values) {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) { low = Math.min(low, value); high = Math.max(high, value); }
  return low > high ? { low: 0, size: 1 } : { low, size: Math.max(high - low, 1) };
}

function worldOfDay(day) {
  return ((day - firstDay - timeSpan.low) / timeSpan.size) * timeWidth;
}

function timeLayout() {
  const laneHeight = timeHeight / (laneSpan.size + 1);
  return {
    // Undated nodes stand to the left of all time.
    x: Float64Array.from(nodes, (node) => (Number.isFinite(node.x) ? worldOfDay(node.x + firstDay) : -timeWidth * 0.06)),
    y: Float64Array.from(nodes, (node) => ((node.y ?? 0) - laneSpan.low) * laneHeight),
  };
}

function networkLayout() {
  const side = Math.max(70 * Math.sqrt(nodes.length), 460);
  return {
    x: Float64Array.from(nodes, (node) => (node.nx ?? 0.5) * side * 1.3),
    y: Float64Array.from(nodes, (node) => ((node.ny ?? 0.5) * side) / 1.3),
  };
}

function gridOf(layout) {
  const cells = new Map();
  for (let index = 0; index < nodes.length; index += 1) {
    const key = cellKey(Math.floor(layout.x[index] / CELL), Math.floor(layout.y[index] / CELL));
    if (!cells.has(key)) cells.set(key, []);
    cells.get(key).push(index);
  }
  return cells;
}

function cellKey(column, row) {
  return column * 1000003 + row;
}

function screenX(x) { return (x - camera.x) * camera.scale; }
function screenY(y) { return (y - camera.y) * camera.scale; }
function worldX(x) { return x / camera.scale + camera.x; }
function worldY(y) { return y / camera.scale + camera.y; }

function zoomAt(x, y, factor) {
  const scale = Math.min(Math.max(camera.scale * factor, MIN_SCALE), MAX_SCALE);
  camera.x = worldX(x) - x / scale;
  camera.y = worldY(y) - y / scale;
  camera.scale = scale;
}

function pan(dx, dy) {
  camera.x -= dx / camera.scale;
  camera.y -= dy / camera.scale;
}

// Show all visible nodes, with room for labels at the right and the axis below.
function fit() {
  const { x, y } = layouts[state.layout];
  const seen = [...nodes.keys()].filter((index) => shownNode[index]);
  if (!seen.length) return;
  const [across, down] = [spanOf(seen.map((index) => x[index])), spanOf(seen.map((index) => y[index]))];
  const margin = Math.min(90, camera.width * 0.08);
  const roomX = camera.width - margin * 2.6;
  const roomY = camera.height - margin * 1.6;
  camera.scale = Math.min(Math.max(Math.min(roomX / across.size, roomY / down.size), MIN_SCALE), 1.6);
  camera.x = across.low + across.size / 2 - (camera.width - margin * 0.6) / 2 / camera.scale;
  camera.y = down.low + down.size / 2 - (camera.height - margin * 0.3) / 2 / camera.scale;
}

function centreOn(index) {
  const { x, y } = layouts[state.layout];
  camera.scale = Math.max(camera.scale, 0.7);
  camera.x = x[index] - camera.width / 2 / camera.scale;
  camera.y = y[index] - camera.height / 2 / camera.scale;
}

function onScreen(index) {
  const { x, y } = layouts[state.layout];
  const [sx, sy] = [screenX(x[index]), screenY(y[index])];
  return sx > 20 && sy > 20 && sx < camera.width - 20 && sy < camera.height - 40;
}

// The visible node under a point of the canvas, or null.
function nodeAt(sx, sy) {
  const { x, y } = layouts[state.layout];
  const reach = 16 / camera.scale;
  const [wx, wy] = [worldX(sx), worldY(sy)];
  let [best, least] = [null, Infinity];
  for (let column = Math.floor((wx - reach) / CELL); column <= (wx + reach) / CELL; column += 1) {
    for (let row = Math.floor((wy - reach) / CELL); row <= (wy + reach) / CELL; row += 1) {
      for (const index of grids[state.layout].get(cellKey(column, row)) || []) {
        const distance = Math.hypot(x[index] - wx, y[index] - wy) * camera.scale;
        if (shownNode[index] && distance < radiusOf(index) + 4 && distance < least) [best, least] = [index, distance];
      }
    }
  }
  return best;
}

// Edges between the same two nodes, one after the other: each bends more than the one before it.
const bends = (() => {
  const seen = new Map();
  return Float64Array.from(edges, (edge) => {
    const pair = edge.source * nodes.length + edge.target;
    seen.set(pair, (seen.get(pair) || 0) + 1);
    return 0.07 * seen.get(pair);
  });
})();

// The control point of an edge's curve, on the canvas: to the left of its direction, so that A→B and B→A part.
function bendOf(index) {
  const { x, y } = layouts[state.layout];
  const { source, target } = edges[index];
  const [dx, dy] = [x[target] - x[source], y[target] - y[source]];
  return [
    screenX((x[source] + x[target]) / 2 + dy * bends[index]),
    screenY((y[source] + y[target]) / 2 - dx * bends[index]),
  ];
}

// The point of an edge at `t` (0 at its source, 1 at its target), on the canvas. An edge to itself is a small circle.
function along(index, t) {
  const { x, y } = layouts[state.layout];
  const { source, target } = edges[index];
  const [ax, ay, bx, by] = [screenX(x[source]), screenY(y[source]), screenX(x[target]), screenY(y[target])];
  if (source === target) {
    const [size, angle] = [8 + 60 * bends[index], Math.PI * (0.5 + 2 * t)];
    return [ax + size * Math.cos(angle), ay - size + size * Math.sin(angle)];
  }
  const [cx, cy] = bendOf(index);
  const s = 1 - t;
  return [s * s * ax + 2 * s * t * cx + t * t * bx, s * s * ay + 2 * s * t * cy + t * t * by];
}

// The visible edge within a few pixels of a point of the canvas, or null.
function edgeAt(sx, sy) {
  const { x, y } = layouts[state.layout];
  let [best, least] = [null, 6];
  for (let index = 0; index < edges.length; index += 1) {
    if (!shownEdge[index]) continue;
    const { source, target } = edges[index];
    const slack = 30 + Math.hypot(x[source] - x[target], y[source] - y[target]) * camera.scale * bends[index];
    if (outside(sx, screenX(x[source]), screenX(x[target]), slack)) continue;
    if (outside(sy, screenY(y[source]), screenY(y[target]), slack)) continue;
    const distance = distanceToEdge(index, sx, sy);
    if (distance < least) [best, least] = [index, distance];
  }
  return best;
}

function outside(value, a, b, slack) {
  return value < Math.min(a, b) - slack || value > Math.max(a, b) + slack;
}

function distanceToEdge(index, sx, sy) {
  let least = Infinity;
  let [ax, ay] = along(index, 0);
  for (let step = 1; step <= 16; step += 1) {
    const [bx, by] = along(index, step / 16);
    const length = (bx - ax) ** 2 + (by - ay) ** 2 || 1;
    const t = Math.min(Math.max(((sx - ax) * (bx - ax) + (sy - ay) * (by - ay)) / length, 0), 1);
    least = Math.min(least, Math.hypot(ax + t * (bx - ax) - sx, ay + t * (by - ay) - sy));
    [ax, ay] = [bx, by];
  }
  return least;
}
