// What a run is made of, in the page's address and as a file.

export const activations = ["tanh", "sigmoid", "relu", "leaky_relu", "elu", "hard_tanh", "identity", "step", "sign"];

export const defaults = Object.freeze({
  set: "moons", n: 300, noise: 0.15, classes: 2, layers: [8, 8], act: ["tanh", "tanh"], out: "auto", init: "xavier",
  rate: 0.1, batch: 10, decay: 0, seed: 1, speed: 10, stop: 5000, by: 7,
});

const numbers = ["n", "noise", "classes", "rate", "batch", "decay", "seed", "speed", "stop", "by"];

export function toWords(settings) {
  const parts = new URLSearchParams();
  for (const [key, value] of Object.entries(settings))
    if (key in defaults && String(value) !== String(defaults[key])) parts.set(key, String(value));
  return parts.toString();
}

// Unknown words and values that cannot be meant are left out.
export function fromWords(text) {
  const settings = structuredClone({ ...defaults });
  for (const [key, value] of new URLSearchParams(text)) {
    if (!(key in defaults)) continue;
    if (numbers.includes(key)) {
      if (value !== "" && Number.isFinite(Number(value))) settings[key] = Number(value);
    } else if (key === "layers") {
      const units = value === "" ? [] : value.split(",").map(Number);
      if (units.length <= 6 && units.every((u) => Number.isInteger(u) && u >= 1 && u <= 16)) settings.layers = units;
    } else if (key === "act") settings.act = value.split(",").filter((name) => activations.includes(name));
    else settings[key] = value;
  }
  return fitting(settings);
}

// As many activations as layers, and only spirals and clouds have more than two classes.
export function fitting(settings) {
  const act = settings.layers.map((_, l) => settings.act[l] ?? settings.act.at(-1) ?? "tanh");
  return { ...settings, act, classes: ["spiral", "blobs", "own"].includes(settings.set) ? settings.classes : 2 };
}

export const dataRequest = (s) => `data set=${s.set} n=${s.n} noise=${s.noise} seed=${s.seed} classes=${s.classes}`;

export const networkRequest = (s) =>
  `network layers=${s.layers} act=${s.act} init=${s.init} seed=${s.seed}` + (s.out === "auto" || s.classes > 2 ? "" : ` out=${s.out}`) + (s.by === 7 ? "" : ` by=${s.by}`);

export const stepRequest = (s, n) => `step n=${n} batch=${s.batch} rate=${s.rate} decay=${s.decay}`;

// What the loss curve belongs to: a change of these begins a new run.
export const runName = (s) => `${s.set}, ${[2, ...s.layers, s.classes > 2 ? s.classes : 1].join("-")} ${s.act.join(" ")}, rate ${s.rate}, seed ${s.seed}`;
