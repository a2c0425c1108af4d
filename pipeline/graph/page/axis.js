// The axis of the time layout: years, quarters or months, whichever leave room for their names.
const AXIS_HEIGHT = 22;
const MIN_TICK = 64;
const STEPS = [1, 3, 12, 24, 60, 120, 240, 600, 1200];

function ticks() {
  const perMonth = (worldOfDay(30.44) - worldOfDay(0)) * camera.scale;
  const step = STEPS.find((months) => months * perMonth >= MIN_TICK);
  if (!step) return [];
  const first = monthAt(worldX(0));
  const last = monthAt(worldX(camera.width));
  const found = [];
  for (let month = Math.floor(first / step) * step; month <= last + step; month += step) {
    const date = new Date(Date.UTC(0, 0, 1));
    date.setUTCFullYear(Math.floor(month / 12), month % 12, 1);
    found.push({ x: screenX(worldOfDay(date.getTime() / DAY)), label: tickName(date) });
  }
  return found;
}

// Months since year 0 at a place of the world.
function monthAt(x) {
  const date = new Date(((x / timeWidth) * timeSpan.size + timeSpan.low + firstDay) * DAY);
  return Number.isNaN(date.getTime()) ? 0 : date.getUTCFullYear() * 12 + date.getUTCMonth();
}

function tickName(date) {
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + 1];
  return month === 1 ? String(year) : say("month", { month, year });
}

function drawTickLines(context) {
  context.strokeStyle = ink.line;
  context.lineWidth = 1;
  context.setLineDash([]);
  context.beginPath();
  for (const tick of ticks()) {
    context.moveTo(Math.round(tick.x) + 0.5, 0);
    context.lineTo(Math.round(tick.x) + 0.5, camera.height);
  }
  context.stroke();
}

function drawAxis(context) {
  const top = camera.height - AXIS_HEIGHT;
  context.fillStyle = ink.paper;
  context.fillRect(0, top, camera.width, AXIS_HEIGHT);
  context.fillStyle = ink.line;
  context.fillRect(0, top, camera.width, 1);
  context.textBaseline = "middle";
  context.font = `12px ${FONT}`;
  context.fillStyle = ink.text;
  for (const tick of ticks()) context.fillText(tick.label, tick.x + 5, top + AXIS_HEIGHT / 2 + 1);
}
