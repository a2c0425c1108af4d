// Selection, input and the start of it all.
const pointers = new Map();
let pressed = null; // where a press began, to tell a click from a drag
let writtenHash = null;

function announce(text) {
  document.getElementById("status").textContent = text;
}

// `what` holds the index of a node or an edge, or nothing.
function select(what, { withFocus = false } = {}) {
  state.node = what.node ?? null;
  state.edge = what.edge ?? null;
  changed();
  showPanel(withFocus);
  measure();
  const ends = selectedEnds();
  if (ends.length && !ends.some(onScreen)) centreOn(ends[0]);
  const label = state.edge === null ? ends.map((index) => labelOf(nodes[index]))[0] : relationName(edges[state.edge].relation);
  announce(ends.length ? say("chosen", { label }) : say("cleared"));
  writeHash();
}

function clearSelection() {
  select({});
  canvas.focus();
}

// After any change of filters, depth or selection.
function changed() {
  refreshVisible();
  announce(showCounts());
  requestDraw();
}

function setLayout(layout) {
  state.layout = layout;
  for (const button of document.querySelectorAll("#layouts button")) {
    button.setAttribute("aria-pressed", String(button.value === layout));
  }
  fit();
  requestDraw();
}

function setDepth(depth) {
  state.depth = depth;
  changed();
  if (selectedEnds().length) fit();
}

// The address keeps what is selected: by identity, not by place in the data, which the next run may change.
function writeHash() {
  const values = new URLSearchParams();
  if (state.node !== null) values.set("node", nodes[state.node].id);
  if (state.edge !== null) {
    const { source, target, relation } = edges[state.edge];
    values.set("from", nodes[source].id);
    values.set("to", nodes[target].id);
    values.set("relation", relation);
  }
  if (state.depth) values.set("depth", state.depth);
  values.set("layout", state.layout);
  writtenHash = `#${values}`;
  window.location.hash = writtenHash;
}

function readHash() {
  if (window.location.hash === writtenHash) return;
  const values = new URLSearchParams(window.location.hash.slice(1));
  const depth = Number(values.get("depth"));
  state.depth = [1, 2, 3].includes(depth) ? depth : 0;
  document.getElementById("depth").value = String(state.depth);
  if (["time", "network"].includes(values.get("layout"))) setLayout(values.get("layout"));
  const edge = edges.findIndex(({ source, target, relation }) => nodes[source].id === values.get("from")
    && nodes[target].id === values.get("to") && relation === values.get("relation"));
  const node = indexOfId.get(values.get("node")) ?? null;
  if (node !== null || edge >= 0 || state.node !== null || state.edge !== null) {
    select(node === null && edge >= 0 ? { edge } : { node });
  }
}

function pointOf(event) {
  const box = canvas.getBoundingClientRect();
  return [event.clientX - box.left, event.clientY - box.top];
}

function pointerDown(event) {
  canvas.setPointerCapture(event.pointerId);
  pointers.set(event.pointerId, pointOf(event));
  pressed = pointers.size === 1 ? pointOf(event) : null;
}

function pointerMove(event) {
  const [x, y] = pointOf(event);
  const before = pointers.get(event.pointerId);
  if (!before) { hover(x, y); return; }
  if (pressed && Math.hypot(x - pressed[0], y - pressed[1]) > 4) pressed = null;
  const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
  if (other) {
    const [then, now] = [Math.hypot(before[0] - other[0], before[1] - other[1]), Math.hypot(x - other[0], y - other[1])];
    zoomAt((x + other[0]) / 2, (y + other[1]) / 2, now / Math.max(then, 1));
    pan((x - before[0]) / 2, (y - before[1]) / 2);
  } else if (!pressed) pan(x - before[0], y - before[1]);
  if (pressed) return; // a trembling hand moves nothing, and the first 4 pixels are not lost
  pointers.set(event.pointerId, [x, y]);
  requestMoving();
}

function pointerUp(event) {
  pointers.delete(event.pointerId);
  if (!pressed) return;
  const node = nodeAt(...pressed);
  const edge = node === null ? edgeAt(...pressed) : null;
  pressed = null;
  if (node !== null || edge !== null || selectedEnds().length) select({ node, edge });
}

function hover(x, y) {
  const node = nodeAt(x, y);
  canvas.style.cursor = node === null && edgeAt(x, y) === null ? "grab" : "pointer";
  if (node === state.hovered) return;
  state.hovered = node;
  requestDraw();
}

const KEYS = {
  ArrowLeft: () => pan(60, 0),
  ArrowRight: () => pan(-60, 0),
  ArrowUp: () => pan(0, 60),
  ArrowDown: () => pan(0, -60),
  "+": () => zoomMiddle(1.3),
  "=": () => zoomMiddle(1.3),
  "-": () => zoomMiddle(1 / 1.3),
  0: fit,
};

function zoomMiddle(factor) {
  zoomAt(camera.width / 2, camera.height / 2, factor);
}

function canvasKey(event) {
  if (!Object.hasOwn(KEYS, event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  KEYS[event.key]();
  requestMoving();
}

function button(text, options) {
  return element("button", { type: "button", text, ...options });
}

function makeControls() {
  const layoutBox = document.getElementById("layouts");
  layoutBox.setAttribute("aria-label", say("layout"));
  layoutBox.append(...["time", "network"].map((layout) => button(say(layout), {
    value: layout, onclick: () => { setLayout(layout); writeHash(); },
  })));
  const zoomBox = document.getElementById("zoom");
  zoomBox.setAttribute("aria-label", say("zoom"));
  const act = (change) => () => { change(); requestDraw(); };
  zoomBox.append(
    button("−", { "aria-label": say("farther"), title: say("farther"), onclick: act(() => zoomMiddle(1 / 1.3)) }),
    button("+", { "aria-label": say("nearer"), title: say("nearer"), onclick: act(() => zoomMiddle(1.3)) }),
    button(say("fit"), { onclick: act(fit) }),
  );
  document.getElementById("depth-name").textContent = say("depth");
  const depth = document.getElementById("depth");
  depth.append(...[0, 1, 2, 3].map((n) => element("option", { value: n, text: say(`depth_${n}`) })));
  depth.addEventListener("change", () => { setDepth(Number(depth.value)); writeHash(); });
}

function listen() {
  canvas.addEventListener("pointerdown", pointerDown);
  canvas.addEventListener("pointermove", pointerMove);
  canvas.addEventListener("pointerup", pointerUp);
  canvas.addEventListener("pointercancel", (event) => { pressed = null; pointers.delete(event.pointerId); });
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoomAt(...pointOf(event), Math.exp(-Math.max(-120, Math.min(event.deltaY, 120)) / 400));
    requestMoving();
  }, { passive: false });
  canvas.addEventListener("keydown", canvasKey);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && selectedEnds().length) clearSelection(); });
  window.addEventListener("hashchange", readHash);
  new ResizeObserver(() => { measure(); requestDraw(); }).observe(canvas.parentElement);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour);
  window.addEventListener("beforeprint", () => setPrinting(true));
  window.addEventListener("afterprint", () => setPrinting(false));
}

// Paper is white, whatever the screen; what is printed is the picture as it is when printing begins.
function setPrinting(printing) {
  document.documentElement.classList.toggle("printing", printing);
  recolour();
  draw();
}

function recolour() {
  readColours();
  requestDraw();
}

// Gives the canvas as many pixels as its place has, and keeps its middle where it was.
function measure() {
  const { width, height } = canvas.parentElement.getBoundingClientRect();
  if (width === camera.width && height === camera.height) return;
  const ratio = window.devicePixelRatio || 1;
  pan((width - camera.width) / 2, (height - camera.height) / 2);
  [camera.width, camera.height] = [Math.max(width, 1), Math.max(height, 1)];
  [canvas.width, canvas.height] = [Math.round(width * ratio), Math.round(height * ratio)];
  draw();
}

function start() {
  document.title = view.title;
  document.getElementById("title").textContent = view.title;
  canvas.setAttribute("aria-label", say("canvas"));
  readColours();
  makeControls();
  makeFilters();
  makeSearch();
  showCounts();
  measure();
  setLayout(state.layout);
  listen();
  readHash();
}

start();

// For tests and for whoever wants to script the page: where things are on the canvas, and a picture at once.
globalThis.vanthuGraph = {
  node: (index) => [screenX(layouts[state.layout].x[index]), screenY(layouts[state.layout].y[index])],
  edge: (index) => along(index, 0.5),
  visible: () => ({ nodes: countShown(shownNode), edges: countShown(shownEdge) }),
  draw,
};
