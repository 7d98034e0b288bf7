// The lessons' small figures. Each has its sliders; what it asks of the engine (figures.hpp); its picture; its sentence.
import { strokes } from "./digits.mjs";
import { classColours, colour, heat, label, point } from "./draw.mjs";
import { nodesOf, wordOf } from "./formula.mjs";
import { axes, box, drawWalk, heights, images, minus, pixelsOf, placesOf, rows, short, signOf, squareBox, steps, weightMap } from "./plots.mjs";

const digitChoice = { name: "digit", label: "digit", choices: Array.from(strokes, (_, digit) => String(digit)), value: "2" };

const headNames = ["head 1 of block 1", "head 2 of block 1", "head 1 of block 2", "head 2 of block 2"];
const offWords = { nothing: "nothing", positions: "positions", "the mask": "mask", ...Object.fromEntries(headNames.map((name, i) => [name, `head${i}`])) };

const gates = { AND: [0, 0, 0, 1], OR: [0, 1, 1, 1], NAND: [1, 1, 1, 0], XOR: [0, 1, 1, 0] };
const corner = [[0, 0], [0, 1], [1, 0], [1, 1]];
const zs = steps(-4, 4, 161), margins = steps(-2, 3, 201), powers = steps(-1, -12, 12);
const lossNames = ["squared", "perceptron", "hinge", "logistic"];
const lossDash = [[], [2, 3], [8, 4], [8, 3, 2, 3]];
const activationNames = ["step", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "hard_tanh", "identity"];

export const figures = {
  line: {
    sliders: [{ name: "gate", label: "gate", choices: Object.keys(gates), value: "AND" },
      { name: "w1", label: "w1", low: -2, high: 2, step: 0.1, value: 0.5 },
      { name: "w2", label: "w2", low: -2, high: 2, step: 0.1, value: 1 },
      { name: "theta", label: "threshold", low: -2, high: 3, step: 0.1, value: 0.4 }],
    ask: (ask, { w1, w2, theta }) => ask(`neuron w1=${w1} w2=${w2} theta=${theta} grid=60`),
    draw(context, width, height, { numbers }, { gate }) {
      const at = squareBox(width, height);
      heat(context, Array.from(numbers.subarray(0, 3600), (v) => (v ? 0.5 : -0.5)), 60, ...at, false);
      const { X, Y } = axes(context, at, [-0.5, 1.5, -0.5, 1.5], { x: "x1", y: "x2" });
      corner.forEach(([x, y], i) => point(context, X(x), Y(y), gates[gate][i], false, 8));
    },
    says({ numbers }, { gate, w1, w2, theta }) {
      const right = gates[gate].filter((wanted, i) => wanted === numbers[3600 + i]).length;
      return `It fires (blue) where ${short(w1)} x1 ${w2 < 0 ? "−" : "+"} ${short(Math.abs(w2))} x2 > ${short(theta)}: ${right} of 4 rows of ${gate} are right${right === 4 ? ". That is the gate." : "."}`;
    },
  },

  fold: {
    sliders: [{ name: "share", label: "fold", low: 0, high: 1, step: 0.05, value: 0 }],
    ask: (ask) => ask("fold grid=17"),
    draw(context, width, height, { numbers }, { share }) {
      const [first, second, output] = rows(numbers, 3), n = 17 * 17, names = { 0: ["x1", "x2"], 1: ["first unit", "second unit"] }[share] ?? ["", ""];
      const { X, Y, curve } = axes(context, squareBox(width, height), [-0.2, 1.2, -0.2, 1.2], { x: names[0], y: names[1] });
      const from = (i) => (i < n ? [(i % 17) / 16, Math.floor(i / 17) / 16] : corner[i - n]);
      const place = (i) => from(i).map((v, k) => (1 - share) * v + share * [first, second][k][i]);
      for (const across of [true, false])
        for (let line = 0; line < 17; line += 2) {
          const at = Array.from({ length: 17 }, (_, k) => place(across ? line * 17 + k : k * 17 + line));
          curve(at.map(([x]) => x), at.map(([, y]) => y), colour("line"), { width: 1 });
        }
      corner.forEach((_, i) => {
        const [x, y] = place(n + i);
        point(context, X(x), Y(y), Math.round(output[n + i]) === 1 ? 1 : 0, false, 8);
      });
    },
    says({ numbers }, { share }) {
      const answers = Array.from(rows(numbers, 3)[2].subarray(17 * 17), (v) => short(v)).join(", ");
      return share === 0 ? "The square of inputs, and its four corners: no line cuts two opposite ones off."
        : share < 1 ? "The hidden units bend the square." : `The square as the two hidden ReLU units see it; the unit on top of them says ${answers} for 00, 01, 10, 11.`;
    },
  },

  table: {
    sliders: corner.map(([x, y], i) => ({ name: `row${i}`, label: `answer to ${x}${y}`, choices: ["0", "1"], value: String(gates.XOR[i]) })),
    ask: (ask, values) => ask(`boolean table=${corner.map((_, i) => values[`row${i}`]).join("")}`),
    draw(context, width, height, { head: { units }, numbers }) {
      const places = units.map((count, l) => Array.from({ length: count }, (_, i) => [40 + ((width - 80) * l) / (units.length - 1), (height * (i + 0.5)) / count]));
      let from = 0;
      units.slice(1).forEach((m, l) => {
        const d = units[l], W = numbers.subarray(from, (from += m * d)), b = numbers.subarray(from, (from += m));
        for (let i = 0; i < m; ++i) {
          const [x1, y1] = places[l + 1][i];
          for (let j = 0; j < d; ++j) {
            const [x0, y0] = places[l][j], w = W[i * d + j], near = 0.72 - 0.12 * (j % 2);
            if (w === 0) continue;
            Object.assign(context, { strokeStyle: colour(w < 0 ? "minus" : "plus"), lineWidth: 2 });
            context.setLineDash(w < 0 ? [6, 4] : []);
            context.beginPath();
            context.moveTo(x0 + 18, y0);
            context.lineTo(x1 - 22, y1);
            context.stroke();
            context.setLineDash([]);
            label(context, short(w), x0 + (x1 - x0) * near, y0 + (y1 - y0) * near - 4, { align: "center", ink: "ink", halo: true });
          }
          label(context, `b ${short(b[i])}`, x1, y1 + 32, { align: "center" });
        }
      });
      places.forEach((layer, l) => layer.forEach(([x, y], i) => {
        context.fillStyle = colour("middle");
        context.strokeStyle = colour("edge");
        context.lineWidth = 1;
        context.beginPath();
        context.arc(x, y, 18, 0, 7);
        context.fill();
        context.stroke();
        label(context, l === 0 ? `x${i + 1}` : l === units.length - 1 ? "y" : `h${i + 1}`, x, y, { align: "center", base: "middle", ink: "ink" });
      }));
    },
    says({ head: { units, answers } }, values) {
      const right = answers.filter((answer, i) => String(answer) === values[`row${i}`]).length;
      return `${units[1]} hidden ${units[1] === 1 ? "unit" : "units"}; the network answers ${answers.join(", ")} to 00, 01, 10, 11: ${right} of 4 right.`;
    },
  },

  curves: {
    sliders: [{ name: "act", label: "activation", choices: activationNames, value: "sigmoid" },
      { name: "z", label: "z", low: -4, high: 4, step: 0.1, value: 1 }],
    ask: (ask, { act, z }) => ask(`activation act=${act}`, [...zs, z]),
    draw(context, width, height, { numbers }, { z }) {
      const [a, slope] = rows(numbers, 2), { curve, dot } = axes(context, box(width, height), [-4, 4, -1.5, 2], { x: "z" });
      curve(zs, slope.subarray(0, zs.length), colour("minus"), { dash: [8, 4] });
      curve(zs, a.subarray(0, zs.length), colour("plus"));
      dot(z, slope[zs.length], colour("minus"));
      dot(z, a[zs.length], colour("plus"));
    },
    says({ numbers }, { act, z }) {
      const [a, slope] = rows(numbers, 2);
      return `${act}(${short(z)}) = ${short(a[zs.length])}, and its slope there (dashed) is ${short(slope[zs.length])}.`;
    },
  },

  softmax: {
    sliders: [{ name: "z1", label: "z1", low: -5, high: 5, step: 0.1, value: 1 }, { name: "z2", label: "z2", low: -5, high: 5, step: 0.1, value: 2 },
      { name: "z3", label: "z3", low: -5, high: 5, step: 0.1, value: 3 }, { name: "all", label: "added to all", low: -1000, high: 1000, step: 100, value: 0 }],
    ask: (ask, { z1, z2, z3, all }) => ask("probabilities", [z1 + all, z2 + all, z3 + all]),
    draw(context, width, height, { numbers }) {
      const room = (width - 40) / 3;
      numbers.forEach((p, k) => {
        const tall = (height - 60) * Math.max(0, Math.min(1, p));
        context.fillStyle = classColours[k];
        context.fillRect(20 + k * room + room * 0.15, height - 30 - tall, room * 0.7, tall);
        label(context, Number.isFinite(p) ? p.toFixed(4) : "not a number", 20 + (k + 0.5) * room, height - 36 - tall, { align: "center", ink: "ink" });
        label(context, `p${k + 1}`, 20 + (k + 0.5) * room, height - 12, { align: "center" });
      });
    },
    says({ numbers }, { z1, z2, z3, all }) {
      const sum = numbers.reduce((s, p) => s + p, 0);
      return `softmax(${[z1, z2, z3].map((z) => short(z + all, 6)).join(", ")}) = ${Array.from(numbers, (p) => p.toFixed(4)).join(", ")}, which sum to ${sum.toFixed(4)}.`;
    },
  },

  margin: {
    sliders: [{ name: "m", label: "margin", low: -2, high: 3, step: 0.05, value: -1 }],
    ask: (ask, { m }) => ask("margins", [...margins, m]),
    draw(context, width, height, { numbers }, { m }) {
      const all = rows(numbers, 8), inks = [colour("minus"), colour("plus"), ...classColours.slice(2, 4)], { curve, dot } = axes(context, box(width, height), [-2, 3, -0.2, 4], { x: "margin" });
      lossNames.forEach((_, k) => {
        curve(margins, all[k].subarray(0, margins.length), inks[k], { dash: lossDash[k] });
        dot(m, all[k][margins.length], inks[k]);
      });
      lossNames.forEach((name, k) => label(context, name, width - 110, 26 + 18 * k, { ink: "ink" }));
      lossNames.forEach((_, k) => {
        Object.assign(context, { strokeStyle: inks[k], lineWidth: 2.5 });
        context.setLineDash(lossDash[k]);
        context.beginPath();
        context.moveTo(width - 150, 22 + 18 * k);
        context.lineTo(width - 116, 22 + 18 * k);
        context.stroke();
        context.setLineDash([]);
      });
    },
    says({ numbers }, { m }) {
      const all = rows(numbers, 8), at = (k) => short(all[k][margins.length]);
      return `At a margin of ${short(m)}: ${lossNames.map((name, k) => `${name} ${at(k)} (slope ${at(k + 4)})`).join(", ")}.`;
    },
  },

  valley: {
    sliders: [{ name: "rate", label: "rate", low: 0.01, high: 1.1, step: 0.01, value: 0.1 }, { name: "x", label: "start x", low: -8, high: 8, step: 0.5, value: -7 },
      { name: "y", label: "start y", low: -3, high: 3, step: 0.5, value: 2 }],
    ask: (ask, { rate, x, y }) => ask(`valley x=${x} y=${y} rate=${rate} steps=30`),
    draw: drawWalk,
    says({ numbers }, { rate }) {
      const height = heights(numbers), last = height.length - 1;
      const went = height[last] > height[0] ? "It climbs: the rate is too large" : `After ${last} steps it is at a height of ${short(height[last])}`;
      return `From a height of ${short(height[0])} with a rate of ${rate}. ${went}.`;
    },
  },

  delta: {
    sliders: [{ name: "power", label: "delta = 10 to the power", low: -12, high: -1, step: 1, value: -1 }, { name: "x", label: "x", low: 0.5, high: 3, step: 0.1, value: 1.7 }],
    ask: (ask, { x }) => ask(`differences x=${x}`),
    draw(context, width, height, { head }, { power }) {
      const errors = head.errors.map((error) => Math.log10(Math.max(1e-16, error)));
      const { curve, dot } = axes(context, box(width, height), [-12, -1, -12, 0], { x: "delta (power of ten)", y: "error (power of ten)" });
      curve(powers, errors, colour("plus"));
      powers.forEach((k, i) => dot(k, errors[i], colour(k === power ? "accent" : "plus")));
    },
    says({ head: { slopes, errors } }, { power, x }) {
      return `The slope of x³ at ${short(x)} is ${short(3 * x * x, 6)}; with delta = 10^${minus(power)} it is measured as ${short(slopes[-power - 1], 10)}: off by ${minus(errors[-power - 1].toExponential(1))}.`;
    },
  },

  graph: {
    sliders: [{ name: "x", label: "x", low: -5, high: 5, step: 1, value: 1 }, { name: "y", label: "y", low: -5, high: 5, step: 1, value: 2 },
      { name: "z", label: "z", low: -5, high: 5, step: 1, value: 3 }, { name: "back", label: "nodes back", low: 0, high: 2, step: 1, value: 0 }],
    ask: (ask, { x, y, z }) => ask(`product x=${x} y=${y} z=${z}`),
    draw(context, width, height, { head: { u, f, du, dz, dx, dy } }, { x, y, z, back }) {
      const across = (share) => 12 + (width - 24) * share, down = (share) => height * share;
      const nodes = { plus: [across(0.34), down(0.32), "+"], times: [across(0.66), down(0.55), "×"] };
      const wire = ([x0, y0], [x1, y1], name, value, slope) => {
        const length = Math.hypot(x1 - x0, y1 - y0), [dx, dy] = [(x1 - x0) / length, (y1 - y0) / length];
        Object.assign(context, { strokeStyle: colour("edge"), lineWidth: 1.5 });
        context.beginPath();
        context.moveTo(x0 + 20 * dx, y0 + 20 * dy);
        context.lineTo(x1 - 20 * dx, y1 - 20 * dy);
        context.stroke();
        const [mx, my] = [(x0 + x1) / 2, (y0 + y1) / 2];
        label(context, `${name} = ${short(value)}`, mx, my - 6, { align: "center", ink: "plus", halo: true });
        if (slope !== null) label(context, `slope ${short(slope)}`, mx, my + 16, { align: "center", ink: "minus", halo: true });
      };
      wire([across(0), down(0.06)], nodes.plus, "x", x, back > 1 ? dx : null);
      wire([across(0), down(0.58)], nodes.plus, "y", y, back > 1 ? dy : null);
      wire([across(0), down(0.92)], nodes.times, "z", z, back > 0 ? dz : null);
      wire(nodes.plus, nodes.times, "u", u, back > 0 ? du : null);
      wire(nodes.times, [across(1), down(0.55)], "f", f, 1);
      for (const [cx, cy, sign] of Object.values(nodes)) {
        context.fillStyle = colour("middle");
        context.beginPath();
        context.arc(cx, cy, 18, 0, 7);
        context.fill();
        context.stroke();
        label(context, sign, cx, cy, { align: "center", base: "middle", ink: "ink" });
      }
    },
    says({ head: { f, du, dz, dx, dy } }, { x, y, z, back }) {
      const forward = `f = (${short(x)} + ${short(y)}) · ${short(z)} = ${short(f)}, and its slope along itself is 1.`;
      if (back === 0) return forward;
      if (back === 1) return `${forward} Back through the product: ${short(du)} for u and ${short(dz)} for z, each times the other.`;
      return `${forward} Back through the sum, which passes the slope on: ${short(dx)} for x and ${short(dy)} for y.`;
    },
  },

  distort: {
    further: true,
    pair: true,
    sliders: [digitChoice, { name: "degrees", label: "turn, degrees", low: -45, high: 45, step: 5, value: 15 }, { name: "shear", label: "shear", low: -0.5, high: 0.5, step: 0.05, value: 0.2 },
      { name: "size", label: "size", low: 0.7, high: 1.4, step: 0.05, value: 1 }, { name: "elastic", label: "elastic, pixels", low: 0, high: 5, step: 0.5, value: 2 },
      { name: "seed", label: "seed of the bends", low: 1, high: 20, step: 1, value: 1 }],
    ask: (ask, { digit, degrees, shear, size, elastic, seed }) =>
      ask(`distort degrees=${degrees} shear=${shear} stretch=${1 / size} elastic=${elastic} seed=${seed}`, pixelsOf(digit)),
    draw: (context, width, height, { numbers }, { digit }) => images(context, width, height, [[pixelsOf(digit), "as drawn"], [numbers, "distorted"]]),
    says: (_, { digit, degrees, shear, size, elastic }) => `A ${digit}, turned by ${short(degrees)} degrees, sheared by ${short(shear)}, ${short(size)} times as large, bent by up to ${short(elastic)} pixels: still a ${digit}?`,
  },

  walk: {
    further: true,
    sliders: [{ name: "rule", label: "rule", choices: ["descent", "momentum", "nesterov", "rmsprop", "adam"], value: "momentum" },
      { name: "rate", label: "rate", low: 0.01, high: 1, step: 0.01, value: 0.1 }, { name: "momentum", label: "momentum", low: 0, high: 0.99, step: 0.01, value: 0.9 }],
    ask: (ask, { rule, rate, momentum }) => ask(`walk rule=${rule} rate=${rate} momentum=${momentum} steps=60`),
    draw: drawWalk,
    says({ numbers }, { rule, rate, momentum }) {
      const height = heights(numbers), last = height.length - 1, near = height.findIndex((h) => h < 0.01);
      return `${rule} with a rate of ${rate}${["momentum", "nesterov"].includes(rule) ? ` and a momentum of ${momentum}` : ""}: from a height of ${short(height[0])} to ${short(height[last])} after ${last} steps${near < 0 ? "" : `; below 0.01 for the first time after ${near}`}.`;
    },
  },

  smooth: {
    further: true,
    pair: true,
    sliders: [digitChoice, { name: "noise", label: "noise", low: 0, high: 0.6, step: 0.05, value: 0.3 }, { name: "sigma", label: "width of the bell, pixels", low: 0.1, high: 3, step: 0.1, value: 0.8 }],
    ask: (ask, { digit, noise, sigma }) => ask(`smooth noise=${noise} sigma=${sigma}`, pixelsOf(digit)),
    draw(context, width, height, { numbers }) {
      const [noisy, filtered] = rows(numbers, 2);
      images(context, width, height, [[noisy, "with noise"], [filtered, "under the bell"]]);
    },
    says: ({ head: { noisy, filtered } }, { sigma }) => `With noise each pixel is off by ${short(noisy)}, under a bell of width ${short(sigma)} by ${short(filtered)}: ` +
      (short(filtered) === short(noisy) ? "so narrow a bell changes nothing." : filtered < noisy ? "the noise goes before the strokes do." : "it takes more of the strokes than of the noise."),
  },

  build: {
    further: true,
    sliders: [{ name: "f", label: "f\u00a0=", text: true, value: "(x + y) * z + tanh(x)" }, ...["x", "y", "z"].map((name, i) => ({ name, label: name, low: -3, high: 3, step: 0.5, value: i + 1 })),
      { name: "steps", label: "progress", low: 0, high: 1, step: 0.01, value: 1 }],
    async ask(ask, { f, x, y, z }) {
      const nodes = nodesOf(f), given = { x, y, z }, leaves = nodes.filter(({ inputs }) => inputs.length === 0);
      const { numbers } = await ask(`compute nodes=${wordOf(nodes)}`, leaves.map(({ name, value }) => value ?? given[name] ?? 1));
      return { nodes, values: numbers.subarray(0, nodes.length), slopes: numbers.subarray(nodes.length) };
    },
    draw(context, width, height, { nodes, values, slopes }, { steps }) {
      const places = placesOf(nodes, width, height), done = Math.round(steps * 2 * nodes.length);
      nodes.forEach(({ inputs }, i) => inputs.forEach((input, k) => {
        const [x0, y0] = places[input], [x1, y1] = places[i];
        Object.assign(context, { strokeStyle: colour("edge"), lineWidth: 1.2 });
        context.beginPath();
        context.moveTo(x0, y0);
        if (inputs[0] === inputs[1]) context.quadraticCurveTo((x0 + x1) / 2, (y0 + y1) / 2 + (k ? 14 : -14), x1, y1);
        else context.lineTo(x1, y1);
        context.stroke();
      }));
      nodes.forEach((node, i) => {
        const [x, y] = places[i];
        context.fillStyle = colour("middle");
        Object.assign(context, { strokeStyle: colour(done === i + 1 || done === 2 * nodes.length - i ? "accent" : "edge"), lineWidth: 1.5 });
        context.beginPath();
        context.arc(x, y, 17, 0, 7);
        context.fill();
        context.stroke();
        label(context, signOf(node), x, y, { align: "center", base: "middle", ink: "ink" });
        if (done > i) label(context, short(values[i]), x, y - 22, { align: "center", ink: "plus", halo: true });
        if (done > 2 * nodes.length - 1 - i) label(context, `slope ${short(slopes[i])}`, x, y + 32, { align: "center", ink: "minus", halo: true });
      });
    },
    says({ nodes, values, slopes }, { f, steps }) {
      const n = nodes.length, done = Math.round(steps * 2 * n), named = nodes.flatMap(({ op, name }, i) => (op === "parameter" ? [`${short(slopes[i])} along ${name}`] : []));
      if (done < n) return `Forward, ${done} of ${n} nodes: each value is made of those before it.`;
      if (done < 2 * n) return `f = ${short(values[n - 1])}. Back, ${done - n} of ${n} nodes: each passes on the slope that it got.`;
      return `f = ${f} = ${short(values[n - 1])}; its slope is ${named.join(", ") || "that of a number: 0"}.`;
    },
  },

  cluster: {
    further: true,
    sliders: [{ name: "k", label: "centres", low: 1, high: 6, step: 1, value: 4 }, { name: "steps", label: "steps", low: 0, high: 10, step: 1, value: 0 },
      { name: "seed", label: "seed", low: 1, high: 20, step: 1, value: 1 }],
    ask: (ask, { k, steps, seed }) => ask(`cluster k=${k} steps=${steps} seed=${seed}`),
    draw(context, width, height, { head: { centres }, numbers }) {
      const [xs, ys, near] = rows(numbers.subarray(0, 600), 3), [cx, cy] = rows(numbers.subarray(600), 2);
      const far = Math.max(...xs.map(Math.abs), ...ys.map(Math.abs)), { X, Y } = axes(context, squareBox(width, height), [-far, far, -far, far], { ticks: false });
      xs.forEach((x, i) => point(context, X(x), Y(ys[i]), near[i], false, 3));
      for (let j = 0; j < centres; ++j) point(context, X(cx[j]), Y(cy[j]), j, false, 9);
    },
    says: ({ head: { J } }, { k, steps }) => `${k} ${k === 1 ? "centre" : "centres"} after ${steps} ${steps === 1 ? "step" : "steps"}: the mean squared distance is ${short(J.at(-1))}` +
      (J.length <= steps ? `; no point changed its centre after step ${J.length - 1}.` : "."),
  },

  remember: {
    further: true,
    pair: true,
    sliders: [{ name: "kept", label: "digits kept", low: 1, high: 5, step: 1, value: 2 }, { name: "shown", label: "digit shown", low: 0, high: 4, step: 1, value: 0 },
      { name: "turned", label: "share of pixels turned", low: 0, high: 0.5, step: 0.05, value: 0.2 }, { name: "sweeps", label: "sweeps", low: 0, high: 10, step: 1, value: 10 }],
    ask: (ask, { kept, shown, turned, sweeps }) => ask(`remember kept=${kept} shown=${Math.min(shown, kept - 1)} turned=${turned} sweeps=${sweeps}`,
      Array.from({ length: kept }, (_, digit) => pixelsOf(digit)).flat()),
    draw(context, width, height, { numbers }) {
      const [damaged, found] = rows(numbers, 2);
      images(context, width, height, [[damaged, "as it was shown"], [found, "as it is recalled"]]);
    },
    says: ({ head: { overlap } }, { kept, shown, turned }) => `It keeps ${kept === 1 ? "the digit 0" : `the digits 0 ${kept === 2 ? "and" : "to"} ${kept - 1}`} and is shown ${Math.min(shown, kept - 1)}${shown < kept ? "" : ` (${shown} is not kept)`} with ${Math.round(100 * turned)}\u00a0% of the pixels turned; ` +
      `what it recalls agrees with ${(50 + 50 * overlap).toFixed(1)}\u00a0% of them.`,
  },

  grow: {
    further: true,
    sliders: [{ name: "set", label: "points", choices: ["circles", "moons", "spirals"], value: "circles" },
      { name: "units", label: "units at most", low: 1, high: 6, step: 1, value: 1 }, { name: "seed", label: "seed", low: 1, high: 20, step: 1, value: 1 }],
    ask: (ask, { set, units, seed }) => ask(`grow set=${set} units=${units} seed=${seed} grid=40`),
    draw(context, width, height, { head: { far }, numbers }) {
      const at = squareBox(width, height), [xs, ys] = rows(numbers.subarray(1600, 2000), 2), labels = numbers.subarray(2000);
      heat(context, numbers.subarray(0, 1600), 40, ...at);
      const { X, Y } = axes(context, at, [-far, far, -far, far], { ticks: false });
      Array.from(xs).forEach((x, i) => point(context, X(x), Y(ys[i]), labels[i], false, 3));
    },
    says: ({ head: { units, steps: made, wrong } }) => `${units} ${units === 1 ? "unit" : "units"} after ${made} steps: ` +
      `${wrong === 0 ? "no point is" : wrong === 1 ? "one of 200 points is" : `${wrong} of 200 points are`} on the wrong side.`,
  },

  echo: {
    further: true,
    sliders: [{ name: "keep", label: "bias of the update gate", low: -2, high: 6, step: 0.5, value: 3 }, { name: "weight", label: "U of the plain cell", low: 0, high: 2, step: 0.05, value: 1 }],
    ask: (ask, { keep, weight }) => ask(`echo keep=${keep} weight=${weight} steps=40`),
    draw(context, width, height, { numbers }) {
      const { curve, X, Y } = axes(context, box(width, height), [1, 40, 0, 1.05], { x: "step" }), at = steps(1, 40, 40);
      rows(numbers, 4).forEach((ys, i) => curve(at, ys, colour(i < 2 ? "plus" : "minus"), { dash: i % 2 ? [8, 4] : [] }));
      [["gated", 2], ["plain", 12]].forEach(([name, step], i) => label(context, name, X(step + 0.5), Y(rows(numbers, 4)[2 * i][step - 1]) - 6, { ink: "ink" }));
    },
    says({ numbers }, { keep, weight }) {
      const [gated, to, plain, from] = rows(numbers, 4);
      return `They read a 1 and then 39 zeros. With a bias of ${short(keep)} the gated cell still holds ${short(gated[39] / gated[0])} of it, with U = ${short(weight)} the plain one ${short(plain[39] / plain[0])}; ` +
        `the last state's slope along the first (dashed) is ${short(to[0])} and ${short(from[0])}.`;
    },
  },

  catch: {
    further: true,
    pair: true,
    sliders: [{ name: "games", label: "games it has played", low: 0, high: 1500, step: 100, value: 800 }, { name: "ball", label: "ball number", low: 1, high: 50, step: 1, value: 1 },
      { name: "moves", label: "your moves", text: true, value: "" }],
    ask: (ask, { games, ball, moves }) => ask(`catch games=${games} ball=${ball}${moves.trim() && ` moves=${moves.trim()}`}`),
    draw(context, width, height, { numbers }) {
      const [yours, its] = rows(numbers, 2);
      images(context, width, height, [[yours, "you"], [its, "the network"]]);
    },
    says({ head: { turns, yours, its, catches } }, { games }) {
      const ended = (score) => (score > 0 ? "caught it" : "missed it");
      const now = turns === 0 ? "Type six letters, one for each row that the ball falls: l is left, s is stay, r is right."
        : yours === 0 ? `The ball has ${6 - turns} ${turns === 5 ? "row" : "rows"} to fall.` : `You ${ended(yours)}, the network ${ended(its)}. Clear the letters and take another ball.`;
      return `${now} After ${games} games the network catches ${catches} of 100 other balls.`;
    },
  },

  attention: {
    further: true,
    sliders: [{ name: "batches", label: "batches that it has read", low: 0, high: 400, step: 50, value: 300 },
      { name: "text", label: "text", text: true, value: "the kings near the dog" },
      { name: "head", label: "head shown", choices: headNames, value: headNames[0] },
      { name: "off", label: "switched off", choices: Object.keys(offWords), value: "nothing" }],
    async ask(ask, { batches, text, head, off }) {
      const tokens = text.toLowerCase().replaceAll(".", " . ").trim().split(/\s+/);
      const after = (read) => ask(`attention batches=${read} text=${tokens.join("_")} head=${headNames.indexOf(head)} off=${offWords[off]}`);
      for (let read = 0; read < batches; read += 50) await after(read);  // in parts: no answer may take 5 s
      const { head: said, numbers } = await after(batches);
      return { tokens, said, weights: numbers.subarray(0, tokens.length ** 2), next: rows(numbers.subarray(tokens.length ** 2), said.words.length).map((row) => row.at(-1)) };
    },
    draw: (context, width, height, { weights, tokens }) => weightMap(context, width, height, weights, tokens),
    says({ tokens, said, weights, next }, { batches, off }) {
      const n = tokens.length, looks = tokens.map((_, s) => weights[s * n + n - 1]), most = looks.indexOf(Math.max(...looks)), likeliest = next.indexOf(Math.max(...next));
      return `The last word gives ${looks[most].toFixed(2)} of its attention to “${tokens[most]}”, number ${most + 1}; “${said.words[likeliest]}” is the likeliest to come next, ${next[likeliest].toFixed(2)}. ` +
        (off === "nothing" ? `After ${batches} batches new text costs ${said.price.toFixed(2)} nats a word,` : `Without ${off} new text costs ${said.price.toFixed(2)} nats a word instead of ${said.whole.toFixed(2)},`) +
        ` and ${said.agree} of 32 verbs agree over a noun that misleads.`;
    },
  },
};
