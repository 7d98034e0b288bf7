// What the small figures draw with: axes and curves, images side by side, a walk in a valley, a graph's places.
import { side, strokes } from "./digits.mjs";
import { colour, heat, label } from "./draw.mjs";

export const minus = (text) => String(text).replace("-", "−");
export const short = (v, digits = 3) => minus(Number(v.toPrecision(digits)));
export const rows = (numbers, count) => Array.from({ length: count }, (_, i) => numbers.subarray((i * numbers.length) / count, ((i + 1) * numbers.length) / count));
export const steps = (low, high, count) => Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));

// Axes of a picture: X and Y take numbers to places, `curve` draws one, `dot` marks a place.
export function axes(context, [left, top, width, height], [x0, x1, y0, y1], { x = "", y = "", ticks = true } = {}) {
  const X = (v) => left + (width * (v - x0)) / (x1 - x0), Y = (v) => top + (height * (y1 - v)) / (y1 - y0);
  context.strokeStyle = colour("line");
  context.lineWidth = 1;
  context.strokeRect(left, top, width, height);
  context.beginPath();
  if (x0 < 0 && x1 > 0) context.moveTo(X(0), top), context.lineTo(X(0), top + height);
  if (y0 < 0 && y1 > 0) context.moveTo(left, Y(0)), context.lineTo(left + width, Y(0));
  context.stroke();
  if (ticks) {
    label(context, minus(x0), left, top + height + 15);
    label(context, minus(x1), left + width, top + height + 15, { align: "right" });
    label(context, minus(y1), left - 5, top, { align: "right", base: "top" });
    label(context, minus(y0), left - 5, top + height, { align: "right" });
  }
  label(context, x, left + width / 2, top + height + 15, { align: "center" });
  label(context, y, left + 5, top + 5, { base: "top" });
  const clipped = (body) => {
    context.save();
    context.beginPath();
    context.rect(left, top, width, height);
    context.clip();
    body();
    context.restore();
  };
  return {
    X, Y, clipped,
    curve: (xs, ys, ink, { dash = [], width: thick = 2.5 } = {}) => clipped(() => {
      Object.assign(context, { strokeStyle: ink, lineWidth: thick });
      context.setLineDash(dash);
      context.beginPath();
      xs.forEach((v, i) => context[i ? "lineTo" : "moveTo"](X(v), Y(ys[i])));
      context.stroke();
      context.setLineDash([]);
    }),
    dot: (x, y, ink = colour("accent"), size = 5.5) => {
      if (!Number.isFinite(y)) return;
      context.fillStyle = ink;
      context.beginPath();
      context.arc(X(x), Y(y), size, 0, 7);
      context.fill();
    },
  };
}

export const box = (width, height) => [44, 8, width - 56, height - 30];
export const squareBox = (width, height, left = 0) => {
  const side = Math.min(width - 56, height - 30);
  return [left + 44 + Math.max(0, (width - 56 - side) / 2), 8, side, side];
};

// A digit drawn with a pen into 28 x 28 pixels, 0 to 1, row by row from above.
export function pixelsOf(digit) {
  const canvas = Object.assign(document.createElement("canvas"), { width: side, height: side }), pen = canvas.getContext("2d");
  Object.assign(pen, { lineWidth: 2.4, lineCap: "round", lineJoin: "round" });
  for (const stroke of strokes[digit]) {
    pen.beginPath();
    stroke.forEach(([x, y], i) => pen[i ? "lineTo" : "moveTo"](4 + 20 * x, 4 + 20 * y));
    pen.stroke();
  }
  const { data } = pen.getImageData(0, 0, side, side);
  return Array.from({ length: side * side }, (_, i) => data[4 * i + 3] / 255);
}

// Square images beside each other, with what they are beneath.
export function images(context, width, height, all) {
  const room = (width - 20) / all.length, size = Math.min(room - 10, height - 34);
  all.forEach(([pixels, name], k) => {
    const left = 10 + k * room + (room - size) / 2, side = Math.sqrt(pixels.length);
    const fromBelow = Float32Array.from(pixels, (_, i) => pixels[(side - 1 - Math.floor(i / side)) * side + (i % side)]);
    heat(context, fromBelow, side, left, 6, size, size, false);
    Object.assign(context, { strokeStyle: colour("line"), lineWidth: 1 }).strokeRect(left, 6, size, size);
    label(context, name, left + size / 2, 6 + size + 18, { align: "center" });
  });
}

// Weights of looking back, row by row, 0 to 1: each column is a token that asks, each row one that is asked.
export function weightMap(context, width, height, weights, tokens) {
  const n = tokens.length, [left, top, wide, tall] = [58, 24, width - 66, height - 72], X = (t) => left + (wide * (t + 0.5)) / n, Y = (s) => top + (tall * (s + 0.5)) / n;
  const fromBelow = Float32Array.from(weights, (_, i) => weights[(n - 1 - Math.floor(i / n)) * n + (i % n)]);
  heat(context, fromBelow, n, left, top, wide, tall, false);
  Object.assign(context, { strokeStyle: colour("line"), lineWidth: 1 });
  context.strokeRect(left, top, wide, tall);
  label(context, "columns ask, rows are asked", width / 2, 15, { align: "center" });
  tokens.forEach((token, i) => {
    label(context, token, left - 6, Y(i), { align: "right", base: "middle", ink: "ink" });
    context.save();
    context.translate(X(i) + 4, top + tall + 12);
    context.rotate(-Math.PI / 5);
    label(context, token, 0, 0, { align: "right", base: "middle", ink: "ink" });
    context.restore();
  });
}

// A walk in the valley x^2 / 20 + y^2, and how high each of its places is.
export function drawWalk(context, width, height, { numbers }) {
  const [xs, ys] = rows(numbers, 2), { X, Y, curve, dot, clipped } = axes(context, box(width, height), [-8, 8, -3.5, 3.5], { x: "x", y: "y" });
  clipped(() => {
    for (const level of [0.1, 0.5, 1, 2, 4, 8]) {
      Object.assign(context, { strokeStyle: colour("line"), lineWidth: 1 });
      context.beginPath();
      context.ellipse(X(0), Y(0), X(Math.sqrt(20 * level)) - X(0), Y(0) - Y(Math.sqrt(level)), 0, 0, 7);
      context.stroke();
    }
  });
  curve(Array.from(xs), ys, colour("plus"), { width: 1.5 });
  clipped(() => xs.forEach((x, i) => dot(x, ys[i], colour(i === 0 ? "accent" : "plus"), i === 0 ? 5.5 : 3)));
}

export function heights(numbers) {
  const [xs, ys] = rows(numbers, 2);
  return Array.from(xs, (x, i) => x ** 2 / 20 + ys[i] ** 2);
}

// Where the nodes of a graph stand: as far right as the longest way to them.
export function placesOf(nodes, width, height) {
  const depth = [];
  nodes.forEach(({ inputs }, i) => { depth[i] = inputs.length ? 1 + Math.max(...inputs.map((input) => depth[input])) : 0; });
  const last = Math.max(1, ...depth), used = {};
  return nodes.map((_, i) => {
    const inColumn = depth.filter((d) => d === depth[i]).length, row = (used[depth[i]] = (used[depth[i]] ?? 0) + 1);
    return [34 + ((width - 68) * depth[i]) / last, (height * (row - 0.5)) / inColumn + (depth[i] % 2 && inColumn === 1 ? 14 : 0)];
  });
}

export const signOf = ({ op, name, factor, value }) => ({ add: "+", multiply: "×", scale: `${short(factor ?? 0)}·`, activate: name, parameter: name, input: value !== undefined ? short(value) : "" })[op];
