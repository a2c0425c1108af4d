// One picture of the visible graph.
const context = canvas.getContext("2d");
// Above this many edges in sight, curves, dashes and arrow heads cost more time than they give insight.
const FINE_EDGES = 1500;
// While the picture moves, no more edges than the eye can follow; all of them again once it rests.
const MOVING_EDGES = 4000;
const REST = 160;
// Nodes to a path: filling one path with thousands of shapes takes longer than many paths with some of them.
const PER_PATH = 100;

let waiting = false;
let resting = null;
let focus = null; // what the selection touches: everything else is faded

function requestDraw() {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => { waiting = false; draw(); });
}

// Draws now what can be drawn fast, and the rest when nothing has moved for a moment.
function requestMoving() {
  clearTimeout(resting);
  resting = setTimeout(() => { resting = null; requestDraw(); }, REST);
  requestDraw();
}

function draw() {
  const ratio = window.devicePixelRatio || 1;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = ink.paper;
  context.fillRect(0, 0, camera.width, camera.height);
  if (state.layout === "time") drawTickLines(context);
  focus = focusOf();
  const seen = resting === null ? edgesInSight() : thinned(edgesInSight());
  drawEdges(seen.filter((index) => !focus || !focus.edges.has(index)), Boolean(focus));
  if (focus) drawEdges(seen.filter((index) => focus.edges.has(index)), false);
  clearTaken();
  drawNodes();
  if (state.layout === "time") take({ x: 0, y: camera.height - AXIS_HEIGHT, width: camera.width, height: AXIS_HEIGHT });
  drawLabels(context);
  if (state.layout === "time") drawAxis(context);
}

function focusOf() {
  if (state.edge !== null) return { edges: new Set([state.edge]), nodes: new Set(selectedEnds()) };
  if (state.node === null) return null;
  const own = [...outgoing[state.node], ...incoming[state.node]].filter((edge) => shownEdge[edge]);
  return { edges: new Set(own), nodes: new Set([state.node, ...neighbours(state.node)]) };
}

function isFaded(index) {
  return focus !== null && !focus.nodes.has(index);
}

function thinned(indexes) {
  const step = Math.ceil(indexes.length / MOVING_EDGES);
  return indexes.filter((index) => index % step === 0 || (focus && focus.edges.has(index)));
}

// The visible edges that may cross the canvas and are long enough to be seen.
function edgesInSight() {
  const { x, y } = layouts[state.layout];
  const [left, top, right, bottom] = [worldX(-40), worldY(-40), worldX(camera.width + 40), worldY(camera.height + 40)];
  const found = [];
  for (let index = 0; index < edges.length; index += 1) {
    if (!shownEdge[index]) continue;
    const { source, target } = edges[index];
    const [ax, ay, bx, by] = [x[source], y[source], x[target], y[target]];
    if ((ax < left && bx < left) || (ax > right && bx > right)) continue;
    if ((ay < top && by < top) || (ay > bottom && by > bottom)) continue;
    found.push(index);
  }
  return found;
}

function drawEdges(seen, faded) {
  const fine = seen.length <= FINE_EDGES;
  const byRelation = new Map();
  for (const index of seen) {
    const { relation } = edges[index];
    if (!byRelation.has(relation)) byRelation.set(relation, []);
    byRelation.get(relation).push(index);
  }
  context.globalAlpha = faded ? 0.13 : edgeAlpha(seen.length);
  for (const [relation, indexes] of byRelation) {
    context.strokeStyle = colourOf(relation);
    context.fillStyle = colourOf(relation);
    context.lineWidth = focus && !faded ? 2 : 1;
    context.setLineDash(fine ? dashOf(relation) : []);
    context.beginPath();
    for (const index of indexes) traceEdge(index, fine);
    context.stroke();
    if (fine && !faded) drawHeads(indexes);
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
}

// The more edges, the paler each: thousands of them show where they are dense, not one even colour.
function edgeAlpha(count) {
  return 0.9 * Math.min(1, (600 / (count + 1)) ** 0.75);
}

function traceEdge(index, fine) {
  const { source, target } = edges[index];
  const { x, y } = layouts[state.layout];
  if (source === target) {
    context.moveTo(...along(index, 0));
    for (let step = 1; step <= 16; step += 1) context.lineTo(...along(index, step / 16));
    return;
  }
  context.moveTo(screenX(x[source]), screenY(y[source]));
  if (fine) context.quadraticCurveTo(...bendOf(index), screenX(x[target]), screenY(y[target]));
  else context.lineTo(screenX(x[target]), screenY(y[target]));
}

// Arrow heads at the rim of the target, in the direction in which the curve arrives.
function drawHeads(indexes) {
  const { x, y } = layouts[state.layout];
  context.beginPath();
  for (const index of indexes) {
    const { source, target } = edges[index];
    if (source === target) continue;
    const [tx, ty] = [screenX(x[target]), screenY(y[target])];
    const [cx, cy] = bendOf(index);
    const length = Math.hypot(tx - cx, ty - cy);
    if (length < 12) continue;
    const [ux, uy] = [(tx - cx) / length, (ty - cy) / length];
    const r = radiusOf(target) + 1;
    const [hx, hy] = [tx - ux * r, ty - uy * r];
    polygon(context, [[hx, hy], [hx - ux * 8 - uy * 3.5, hy - uy * 8 + ux * 3.5], [hx - ux * 8 + uy * 3.5, hy - uy * 8 - ux * 3.5]]);
  }
  context.fill();
}

function drawNodes() {
  const { x, y } = layouts[state.layout];
  const groups = { "in_folder": [], "only_cited": [], "in_folder faded": [], "only_cited faded": [] };
  for (let index = 0; index < nodes.length; index += 1) {
    if (!shownNode[index]) continue;
    const [sx, sy] = [screenX(x[index]), screenY(y[index])];
    if (sx < -20 || sy < -20 || sx > camera.width + 20 || sy > camera.height + 20) continue;
    groups[placeOf(nodes[index]) + (isFaded(index) ? " faded" : "")].push(index);
  }
  paintNodes(groups["only_cited faded"], ink.paper, ink.line);
  paintNodes(groups["in_folder faded"], ink.line, ink.line);
  paintNodes(groups.only_cited, ink.paper, ink.node);
  paintNodes(groups.in_folder, ink.node, ink.paper);
  drawMarks([...groups.only_cited, ...groups.in_folder]);
}

function paintNodes(indexes, fill, stroke) {
  const { x, y } = layouts[state.layout];
  context.fillStyle = fill;
  context.strokeStyle = stroke;
  context.lineWidth = camera.scale < 0.3 ? 1 : 1.5;
  for (let start = 0; start < indexes.length; start += PER_PATH) {
    context.beginPath();
    for (const index of indexes.slice(start, start + PER_PATH)) {
      outline(context, nodes[index].kind, screenX(x[index]), screenY(y[index]), radiusOf(index));
    }
    context.fill();
    context.stroke();
  }
  // Where nodes are dense, labels may cover some of them: else there would be no label at all.
  if (indexes.length > 500) return;
  for (const index of indexes) {
    const r = radiusOf(index) * 0.7;
    take({ x: screenX(x[index]) - r, y: screenY(y[index]) - r, width: 2 * r, height: 2 * r });
  }
}

// A bar through what is replaced or repealed, a ring around what is selected or pointed at.
function drawMarks(indexes) {
  const { x, y } = layouts[state.layout];
  context.strokeStyle = ink.accent;
  context.lineWidth = 2;
  context.beginPath();
  for (const index of indexes) {
    // On a node of a few pixels the bar would be all that is seen.
    if (!STRUCK.has(nodes[index].state) || radiusOf(index) < 4) continue;
    const [sx, sy, r] = [screenX(x[index]), screenY(y[index]), radiusOf(index) + 3];
    context.moveTo(sx - r, sy + r);
    context.lineTo(sx + r, sy - r);
  }
  for (const index of [...selectedEnds(), state.hovered]) {
    if (index === null || !shownNode[index]) continue;
    const [sx, sy, r] = [screenX(x[index]), screenY(y[index]), radiusOf(index) + 4];
    context.moveTo(sx + r, sy);
    context.arc(sx, sy, r, 0, Math.PI * 2);
  }
  context.stroke();
}
