// The network as neurons' pictures and weights' lines; what the pointer or the arrow keys choose is told with numbers.
import { classHeat, colour, fitted, heat, label, leaning } from "./draw.mjs";

const signed = (v) => (v < 0 ? "− " : "+ ") + Math.abs(v).toPrecision(3);

// Where each unit stands: [layer][unit] -> {x, y, size}; layer 0 holds the two inputs.
function places(units, width, height) {
  const most = Math.max(...units), size = Math.max(16, Math.min(56, height / most - 8, width / units.length - 14));
  const step = (width - size - 16) / Math.max(1, units.length - 1);
  return units.map((count, l) => Array.from({ length: count }, (_, i) => ({
    x: 8 + l * step, y: height / 2 + (i - (count - 1) / 2) * Math.min(size + 14, (height - 8) / count) - size / 2, size,
  })));
}

export class NetworkView {
  // `tell` is given the text of what is chosen.
  constructor(canvas, tell) {
    Object.assign(this, { canvas, tell, run: null, chosen: null });
    canvas.addEventListener("pointermove", (event) => this.choose(this.at(event.offsetX, event.offsetY)));
    canvas.addEventListener("pointerleave", () => this.choose(null));
    canvas.addEventListener("keydown", (event) => this.walk(event));
    canvas.addEventListener("focus", () => this.choose(this.chosen ?? { layer: 1, unit: 0 }));
    canvas.addEventListener("blur", () => this.choose(null));
  }

  at(x, y) {
    let nearest = null;
    this.where?.forEach((layer, l) => layer.forEach((p, i) => {
      const distance = Math.hypot(x - p.x - p.size / 2, y - p.y - p.size / 2);
      if (distance < 0.8 * p.size && distance < (nearest?.distance ?? Infinity)) nearest = { layer: l, unit: i, distance };
    }));
    return nearest ? { layer: nearest.layer, unit: nearest.unit } : null;
  }

  walk(event) {
    const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!by || !this.run?.shape) return;
    event.preventDefault();
    const units = this.run.shape.units, from = this.chosen ?? { layer: 1, unit: 0 };
    const layer = Math.max(0, Math.min(units.length - 1, from.layer + by[0]));
    this.choose({ layer, unit: Math.max(0, Math.min(units[layer] - 1, from.unit + by[1])) });
  }

  choose(chosen) {
    if (JSON.stringify(chosen) === JSON.stringify(this.chosen)) return;
    this.chosen = chosen;
    this.draw(this.run);
    this.say();
  }

  say() { this.tell(this.words()); }

  words() {
    const { run, chosen } = this;
    if (!chosen || !run?.shape || !run.layers || run.layers.error) return "";
    if (chosen.layer === 0) return `input x${chosen.unit + 1}`;
    const { W, b } = run.layers[chosen.layer - 1], row = W[chosen.unit], from = chosen.layer === 1 ? "x" : "a";
    const sum = Array.from(row, (w, j) => `${signed(w)} ${from}${j + 1}`).join(" ");
    const slopes = run.slopes && !run.slopes.error ? run.slopes[chosen.layer - 1] : null;
    const dw = slopes ? `  dW: ${Array.from(slopes.W[chosen.unit], (d) => d.toPrecision(2)).join(", ")}; db: ${slopes.b[chosen.unit].toPrecision(2)}` : "";
    return `layer ${chosen.layer}, unit ${chosen.unit + 1}: ${run.shape.act[chosen.layer - 1]}(${sum} ${signed(b[chosen.unit])})${dw}`;
  }

  draw(run, canvas = this.canvas) {
    this.run = run;
    const { context, width, height } = fitted(canvas);
    if (!run?.shape) return;
    const { units, act } = run.shape;
    this.where = places(units, width, height);
    if (run.layers && !run.layers.error) this.lines(context, run.layers);
    this.where.forEach((layer, l) => layer.forEach((place, i) => this.neuron(context, run, l, i, place, act)));
  }

  lines(context, layers) {
    let largest = 1e-9;
    for (const { W } of layers) for (const row of W) for (const w of row) largest = Math.max(largest, Math.abs(w));
    layers.forEach(({ W }, l) => W.forEach((row, i) => row.forEach((w, j) => {
      const from = this.where[l][j], to = this.where[l + 1][i];
      const own = this.chosen && ((this.chosen.layer === l + 1 && this.chosen.unit === i) || (this.chosen.layer === l && this.chosen.unit === j));
      context.globalAlpha = this.chosen && !own ? 0.15 : 0.8;
      context.strokeStyle = colour(w < 0 ? "minus" : "plus");
      context.lineWidth = 0.5 + (6 * Math.abs(w)) / largest;
      context.setLineDash(w < 0 ? [6, 4] : []);
      const x0 = from.x + from.size, x1 = to.x, y0 = from.y + from.size / 2, y1 = to.y + to.size / 2;
      context.beginPath();
      context.moveTo(x0, y0);
      context.bezierCurveTo((x0 + x1) / 2, y0, (x0 + x1) / 2, y1, x1, y1);
      context.stroke();
    })));
    context.setLineDash([]);
    context.globalAlpha = 1;
  }

  neuron(context, run, l, i, { x, y, size }, act) {
    const look = run.look;
    context.fillStyle = colour("middle");
    context.fillRect(x, y, size, size);
    if (l === 0) {  // an input's picture is itself
      const ramp = new Float32Array(64).map((_, k) => (i === 0 ? k % 8 : Math.floor(k / 8)) / 3.5 - 1);
      heat(context, ramp, 8, x, y, size, size);
    } else if (look && !look.error) {
      const pictures = look.layers[l - 1];
      heat(context, leaning(pictures[i], act[l - 1]), look.grid, x, y, size, size);
    }
    const chosen = this.chosen && this.chosen.layer === l && this.chosen.unit === i;
    context.strokeStyle = colour(chosen ? "accent" : "edge");
    context.lineWidth = chosen ? 3 : 1;
    context.strokeRect(x, y, size, size);
    if (l === 0) label(context, `x${i + 1}`, x + 3, y + size - 4, { ink: "edge" });
  }
}

// The output over the plane.
export function drawOutput(context, run, x, y, width, height) {
  const { look, shape } = run, pictures = look.layers.at(-1);
  if (pictures.length > 1) classHeat(context, pictures, look.grid, x, y, width, height);
  else heat(context, leaning(pictures[0], shape.act.at(-1) === "sigmoid" ? "sigmoid" : "step"), look.grid, x, y, width, height);
}
