// The plane of the data with the network's output on it, and the same points as a hidden layer sees them.
import { colour, fitted, label, point } from "./draw.mjs";
import { drawOutput } from "./network.mjs";

const margin = 1;

function frame(canvas) {
  const { context, width, height } = fitted(canvas), side = Math.min(width, height) - 2 * margin;
  return { context, width, height, side, left: (width - side) / 2, top: (height - side) / 2 };
}

export function drawPlane(canvas, run, showTest) {
  const { context, side, left, top } = frame(canvas);
  context.fillStyle = colour("middle");
  context.fillRect(left, top, side, side);
  if (!run.data) return;
  if (run.look && !run.look.error && run.shape) drawOutput(context, run, left, top, side, side);
  const [x0, x1, y0, y1] = run.box;
  const draw = ({ x, y, labels }, hollow) => {
    for (let i = 0; i < x.length; ++i)
      point(context, left + (side * (x[i] - x0)) / (x1 - x0), top + (side * (y1 - y[i])) / (y1 - y0), labels[i], hollow, x.length > 400 ? 3 : 4);
  };
  if (showTest) draw(run.data.test, true);
  draw(run.data.train, false);
  context.strokeStyle = colour("line");
  context.lineWidth = 1;
  context.strokeRect(left, top, side, side);
}

// From a place on the canvas to the plane.
export function planePoint(canvas, run, offsetX, offsetY) {
  const { width, height } = canvas.getBoundingClientRect(), side = Math.min(width, height) - 2 * margin;
  const u = (offsetX - (width - side) / 2) / side, v = (offsetY - (height - side) / 2) / side;
  if (!run.box || u < 0 || u > 1 || v < 0 || v > 1) return null;
  const [x0, x1, y0, y1] = run.box;
  return [x0 + (x1 - x0) * u, y1 - (y1 - y0) * v];
}

// Two units of a hidden layer as axes: the plane's grid, bent, and the points. False where there is no such layer.
export function drawHidden(canvas, run, layer) {
  const { context, width, height, side, left, top } = frame(canvas);
  const pictures = run.look?.layers?.[layer], values = run.hidden?.[layer];
  if (!run.shape || !pictures || !values || layer >= run.shape.units.length - 2) {
    label(context, "no hidden layer", width / 2, height / 2, { align: "center" });
    return false;
  }
  const horizontal = 0, vertical = Math.min(1, pictures.length - 1);
  const range = (unit) => {
    let [low, high] = [Infinity, -Infinity];
    for (const v of pictures[unit]) [low, high] = [Math.min(low, v), Math.max(high, v)];
    return [low, Math.max(high, low + 1e-6)];
  };
  const [a0, a1] = range(horizontal), [b0, b1] = range(vertical), pad = 22, room = side - 2 * pad;
  const X = (a) => left + pad + (room * (a - a0)) / (a1 - a0), Y = (b) => top + pad + (room * (b1 - b)) / (b1 - b0);
  const { grid } = run.look;
  context.strokeStyle = colour("line");
  context.lineWidth = 1;
  for (const across of [true, false])
    for (let line = 0; line < grid; line += 3) {
      context.beginPath();
      for (let k = 0; k < grid; ++k) {
        const i = across ? line * grid + k : k * grid + line;
        context[k ? "lineTo" : "moveTo"](X(pictures[horizontal][i]), Y(pictures[vertical][i]));
      }
      context.stroke();
    }
  const { labels } = run.data.train;
  for (let i = 0; i < labels.length; ++i) point(context, X(values[horizontal][i]), Y(values[vertical][i]), labels[i], false, 3);
  label(context, `unit ${horizontal + 1} →`, left + side - 8, top + side - 5, { align: "right" });
  label(context, `unit ${vertical + 1} ↑`, left + 4, top + 13);
  return true;
}

// How large the slopes are, layer by layer, as bars on a logarithmic scale.
export function drawSlopes(canvas, run) {
  const { context, width, height } = fitted(canvas), left = 64, bottom = 8, top = 22;
  if (!run.slopes || run.slopes.error) {
    label(context, run.slopes?.error?.message ?? "", width / 2, height / 2, { align: "center" });
    return;
  }
  label(context, "mean |dW|, logarithmic", 8, 14);
  const means = run.slopes.map(({ W }) => {
    const all = W.flatMap((row) => Array.from(row, Math.abs));
    return all.reduce((sum, v) => sum + v, 0) / all.length;
  });
  const step = (height - top - bottom) / means.length, low = -8, high = 1;
  means.forEach((mean, l) => {
    const share = Math.max(0, Math.min(1, (Math.log10(Math.max(mean, 1e-12)) - low) / (high - low)));
    const y = top + l * step, thick = Math.min(24, step - 6);
    context.fillStyle = colour("plus");
    context.fillRect(left, y, (width - left - 76) * share, thick);
    label(context, `layer ${l + 1}`, 8, y + thick / 2, { base: "middle" });
    label(context, mean.toExponential(1), left + (width - left - 76) * share + 6, y + thick / 2, { base: "middle", ink: "ink" });
  });
}
