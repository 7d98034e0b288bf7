// Pictures on a canvas: colours of the theme, heat maps, points, curves.

// Okabe and Ito's colours, which the colour-blind tell apart; each class has a shape of its own too.
export const classColours = ["#E69F00", "#0072B2", "#009E73", "#CC79A7", "#D55E00", "#56B4E9"];
const shapes = ["disc", "square", "triangle", "diamond", "cross", "star"];
export const className = (label) => shapes[label];

export const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

function rgb(text) {
  const number = parseInt(text.slice(1), 16);
  return [number >> 16, (number >> 8) & 255, number & 255];
}

// The canvas at the screen's own resolution; drawing is in CSS pixels.
export function fitted(canvas) {
  const { width, height } = canvas.getBoundingClientRect(), ratio = window.devicePixelRatio || 1;
  const w = Math.max(1, Math.round(width * ratio)), h = Math.max(1, Math.round(height * ratio));
  if (canvas.width !== w || canvas.height !== h) Object.assign(canvas, { width: w, height: h });
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  context.font = "13px system-ui, sans-serif";
  return { context, width, height };
}

// How far a value is towards either class, -1 to 1, by what its activation can say.
export function leaning(values, activation) {
  if (["sigmoid", "softmax", "step"].includes(activation)) return values.map((v) => 2 * v - 1);
  let largest = 1;
  for (const v of values) largest = Math.max(largest, Math.abs(v));
  return values.map((v) => v / largest);
}

const scratch = document.createElement("canvas");

// A grid x grid picture, row by row from below; colours(i) is [r, g, b].
function raster(context, grid, colours, x, y, width, height, smooth) {
  Object.assign(scratch, { width: grid, height: grid });
  const own = scratch.getContext("2d"), image = own.createImageData(grid, grid);
  for (let row = 0; row < grid; ++row)
    for (let column = 0; column < grid; ++column) {
      const [r, g, b] = colours((grid - 1 - row) * grid + column), at = 4 * (row * grid + column);
      image.data[at] = r;
      image.data[at + 1] = g;
      image.data[at + 2] = b;
      image.data[at + 3] = 255;
    }
  own.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = smooth;
  context.drawImage(scratch, x, y, width, height);
}

const mixed = (from, to, share) => from.map((v, i) => v + (to[i] - v) * share);

export function heat(context, values, grid, x, y, width, height, smooth = true) {
  const middle = rgb(colour("middle")), low = rgb(classColours[0]), high = rgb(colour("high"));
  raster(context, grid, (i) => mixed(middle, values[i] < 0 ? low : high, 0.85 * Math.min(1, Math.abs(values[i]))), x, y, width, height, smooth);
}

// One picture for all classes: the likeliest one's colour, the stronger the surer.
export function classHeat(context, pictures, grid, x, y, width, height) {
  const middle = rgb(colour("middle")), own = classColours.map(rgb), even = 1 / pictures.length;
  raster(context, grid, (i) => {
    let best = 0;
    pictures.forEach((picture, k) => { if (picture[i] > pictures[best][i]) best = k; });
    return mixed(middle, own[best], 0.85 * Math.max(0, Math.min(1, (pictures[best][i] - even) / (1 - even))));
  }, x, y, width, height, true);
}

export function point(context, x, y, label, hollow, size = 4) {
  context.beginPath();
  if (shapes[label] === "disc") context.arc(x, y, size, 0, 7);
  else if (shapes[label] === "square") context.rect(x - size + 0.5, y - size + 0.5, 2 * size - 1, 2 * size - 1);
  else {
    const corners = { triangle: 3, diamond: 4, cross: 4, star: 5 }[shapes[label]];
    for (let i = 0; i < corners; ++i) {
      const angle = -Math.PI / 2 + (2 * Math.PI * i) / corners;
      context[i ? "lineTo" : "moveTo"](x + 1.3 * size * Math.cos(angle), y + 1.3 * size * Math.sin(angle));
    }
    context.closePath();
  }
  context.lineWidth = hollow ? 1.6 : 1;
  context.strokeStyle = hollow ? classColours[label] : colour("edge");
  context.fillStyle = hollow ? colour("middle") : classColours[label];
  context.fill();
  context.stroke();
}

// `halo`: over a line that would strike it through.
export function label(context, text, x, y, { align = "left", base = "alphabetic", ink = "quiet", halo = false } = {}) {
  context.fillStyle = colour(ink);
  context.textAlign = align;
  context.textBaseline = base;
  if (halo) {
    context.save();
    Object.assign(context, { strokeStyle: colour("panel"), lineWidth: 5, lineJoin: "round" }).strokeText(text, x, y);
    context.restore();
  }
  context.fillText(text, x, y);
}

// Curves over steps: series of {points: [[step, value]...], ink, dash, width}. The lowest value is at the bottom.
export function curves(canvas, series, { log = true, empty = "" } = {}) {
  const { context, width, height } = fitted(canvas), left = 52, right = 10, top = 10, bottom = 24;
  const usable = series.map((s) => ({ ...s, points: s.points.filter(([, v]) => Number.isFinite(v) && (!log || v > 0)) }));
  const all = usable.flatMap((s) => s.points);
  if (all.length === 0) return label(context, empty, width / 2, height / 2, { align: "center" });
  const last = Math.max(1, ...all.map(([step]) => step));
  const scale = log ? Math.log10 : (v) => v;
  let low = Math.min(...all.map(([, v]) => scale(v))), high = Math.max(...all.map(([, v]) => scale(v)));
  if (!log) low = Math.min(0, low);
  if (high - low < 0.1) high = low + 0.1;
  const X = (step) => left + ((width - left - right) * step) / last;
  const Y = (v) => top + ((height - top - bottom) * (high - scale(v))) / (high - low);
  const ticks = [0, 1, 2, 3].map((i) => low + ((high - low) * i) / 3).map((t) => (log ? 10 ** t : t));
  context.strokeStyle = colour("line");
  context.lineWidth = 1;
  for (const tick of ticks) {
    context.beginPath();
    context.moveTo(left, Y(tick));
    context.lineTo(width - right, Y(tick));
    context.stroke();
    label(context, tick.toPrecision(2).replace(/e([+-])/, "e$1"), left - 6, Y(tick), { align: "right", base: "middle" });
  }
  label(context, "0", left, height - 6);
  label(context, `step ${last}`, width - right, height - 6, { align: "right" });
  for (const s of usable) {
    context.strokeStyle = s.ink;
    context.lineWidth = s.width ?? 2;
    context.setLineDash(s.dash ?? []);
    context.beginPath();
    s.points.forEach(([step, value], i) => context[i ? "lineTo" : "moveTo"](X(step), Y(value)));
    context.stroke();
  }
  context.setLineDash([]);
}
