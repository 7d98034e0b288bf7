// The lecture's four questions: predict first, then let the engine answer.
import { Run } from "./run.mjs";
import { defaults, runName } from "./settings.mjs";

const percent = (share) => `${(100 * share).toFixed(1)}\u00a0%`;

// Trains with these settings to `steps`; the last score, with the step at which the loss first was below `goal`.
async function trained(transport, settings, steps, goal = 0) {
  const run = new Run(transport, "task");
  await run.begin({ ...defaults, ...settings });
  let reached = null;
  while (run.score.step < steps && !run.broke) {
    await run.advance(Math.min(goal ? 50 : 500, steps - run.score.step));
    if (reached === null && run.score.loss < goal) reached = run.score.step;
  }
  return { ...run.score, reached, broke: run.broke, name: runName(run.settings) };
}

const learns = (score, start) => !score.broke && Number.isFinite(score.loss) && score.loss < start / 2;

const questions = [
  {
    title: "XOR with one layer and with two",
    text: "Four clouds at the corners of a square; opposite corners are of one class. No hidden layer at first, then two hidden units. What share of new points, in percent, stays wrong with no hidden layer?",
    predictions: [{ name: "wrong", unit: "%", min: 0, max: 100 }],
    preset: { set: "xor", n: 200, layers: [], act: [], rate: 0.3 },
    async answer(transport, row, guess) {
      const one = await trained(transport, { ...this.preset, seed: 2 }, 2000);
      row("no hidden layer", percent(one.test_wrong));
      let best = one;
      for (const seed of [1, 2, 3]) {
        const two = await trained(transport, { ...this.preset, layers: [2], act: ["tanh"], seed }, 3000);
        row(`2 hidden units, seed ${seed}`, percent(two.test_wrong));
        if (two.test_wrong < best.test_wrong) best = two;
      }
      const far = Math.abs(guess.wrong - 100 * one.test_wrong);
      return { right: far <= 12, text: `You said ${guess.wrong} %, it is ${percent(one.test_wrong)}: a line leaves a quarter at least on the wrong side, and the lowest loss is that of ½ everywhere. Two units make two lines, and ${percent(best.test_wrong)} stay.` };
    },
  },
  {
    title: "Circles and moons against units",
    text: "One hidden layer of 1, 2, 3 or 8 tanh units, five seeds each, on circles. What is the smallest number of units with which most seeds leave less than 10 % of the new points wrong?",
    predictions: [{ name: "units", unit: "units", min: 1, max: 8 }],
    preset: { set: "circles", n: 200, noise: 0.1, layers: [3], act: ["tanh"], rate: 0.3 },
    async answer(transport, row, guess) {
      const enough = {};
      for (const set of ["circles", "moons"]) {
        for (const units of [1, 2, 3, 8]) {
          const wrong = [];
          for (const seed of [1, 2, 3, 4, 5])
            wrong.push((await trained(transport, { ...this.preset, set, layers: [units], seed }, 2000)).test_wrong);
          wrong.sort((a, b) => a - b);
          row(`${set}, ${units} unit${units > 1 ? "s" : ""}`, `${percent(wrong[2])} (${percent(wrong[0])} to ${percent(wrong[4])})`);
          if (wrong[2] < 0.1) enough[set] ??= units;
        }
      }
      return { right: guess.units === enough.circles,
        text: `You said ${guess.units}; circles want ${enough.circles ?? "more than 8"}: two lines enclose nothing, three make a triangle. Moons want ${enough.moons ?? "more than 8"}.` };
    },
  },
  {
    title: "tanh beside ReLU",
    text: "The same moons, seed and rate, eight hidden units: once tanh, once ReLU. Which has a loss below 0.05 first?",
    predictions: [{ name: "first", options: ["tanh", "relu"] }],
    preset: { set: "moons", n: 300, noise: 0.1, layers: [8], act: ["tanh"], rate: 0.1 },
    async answer(transport, row, guess) {
      const at = {};
      for (const act of ["tanh", "relu"]) {
        const score = await trained(transport, { ...this.preset, act: [act], init: act === "relu" ? "he" : "xavier" }, 6000, 0.05);
        at[act] = score.reached ?? Infinity;
        row(act, Number.isFinite(at[act]) ? `below 0.05 at step ${at[act]}` : `not in 6000 steps: loss ${score.loss.toPrecision(3)}`);
      }
      const first = at.relu < at.tanh ? "relu" : "tanh";
      return { right: guess.first === first, text: `You said ${guess.first}, it is ${first}. Look at the two boundaries: ReLU's is made of straight pieces, tanh's is round.` };
    },
  },
  {
    title: "The largest and the smallest rate that learn",
    text: "Circles, four tanh units, 1000 steps; a network learns when its loss is halved at the end. Find by trying the largest and the smallest rate that learn, and say both.",
    predictions: [{ name: "largest", unit: "", min: 0, max: 1000 }, { name: "smallest", unit: "", min: 0, max: 1000 }],
    preset: { set: "circles", n: 200, noise: 0.1, layers: [4], act: ["tanh"], rate: 0.1, stop: 1000 },
    async answer(transport, row, guess) {
      const start = (await trained(transport, this.preset, 0)).loss;
      const tried = async (rate) => {
        const score = await trained(transport, { ...this.preset, rate }, 1000), ok = learns(score, start);
        row(`rate ${Number(rate.toPrecision(3))}`, score.broke ? `broke at step ${score.broke}` : `loss ${score.loss.toPrecision(3)}: ${ok ? "learns" : "does not learn"}`);
        return ok;
      };
      const large = await tried(guess.largest), larger = await tried(4 * guess.largest);
      const small = await tried(guess.smallest), smaller = await tried(guess.smallest / 4);
      const parts = [large ? (larger ? `four times ${guess.largest} learns too` : `${guess.largest} is right within a factor of four`) : `${guess.largest} does not learn`,
        small ? (smaller ? `a quarter of ${guess.smallest} learns too` : `${guess.smallest} is right within a factor of four`) : `${guess.smallest} does not learn`];
      return { right: large && !larger && small && !smaller, text: `${parts.join("; ")}.` };
    },
  },
];

function element(tag, more = {}, ...children) {
  const made = Object.assign(document.createElement(tag), more);
  made.append(...children);
  return made;
}

// `show(settings)` puts a question's settings into the page.
export function addTasks(place, transport, show) {
  for (const question of questions) {
    const body = element("tbody"), said = element("p", { role: "status" });
    const fields = question.predictions.map(({ name, unit, min, max, options }) => {
      const field = options ? element("select", { name }) : element("input", { name, type: "number", min, max, step: "any", required: true });
      for (const option of ["", ...(options ?? [])]) if (options) field.add(new Option(option || "choose", option));
      if (options) field.required = true;
      return element("label", {}, `your prediction, ${name} `, field, ` ${unit ?? ""}`);
    });
    const check = element("button", { textContent: "Check" });
    const form = element("form", { className: "row" }, ...fields, check);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      body.replaceChildren();
      check.disabled = true;
      said.textContent = "training";
      const guess = Object.fromEntries(question.predictions.map(({ name, options }) => [name, options ? form[name].value : Number(form[name].value)]));
      const row = (what, found) => body.append(element("tr", {}, element("td", { textContent: what }), element("td", { textContent: found })));
      try {
        const { right, text } = await question.answer(transport, row, guess);
        said.textContent = `${right ? "Right." : "Not so."} ${text}`;
        said.dataset.right = right;
      } catch (error) {
        said.textContent = error.message;
      }
      check.disabled = false;
    });
    const preset = element("button", { type: "button", textContent: "Set it up" });
    preset.addEventListener("click", () => show(question.preset));
    place.append(element("details", {}, element("summary", { textContent: question.title }), element("p", { textContent: question.text }),
      element("p", { className: "row" }, preset), form, element("div", { className: "scroll" }, element("table", {}, body)), said));
  }
}
