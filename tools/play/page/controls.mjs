// The form: settings in, settings out.
import { activations, fitting } from "./settings.mjs";

const numbers = ["n", "noise", "classes", "rate", "batch", "decay", "seed", "stop"];
const noises = { moons: 0.15, circles: 0.1, xor: 0.15, spiral: 0.03, blobs: 0.3 };
const training = ["rate", "batch", "decay", "stop"];  // may change while it runs

export class Controls {
  // `changed(settings, anew)`: anew where the change begins another run.
  constructor(form, changed) {
    this.form = form;
    this.changed = changed;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("change", (event) => this.take(event.target));
    form.ratelog.addEventListener("input", () => this.set({ rate: Number((10 ** form.ratelog.value).toPrecision(2)) }, false));
    form.querySelector("#more").addEventListener("click", () => {
      if (this.settings.layers.length < 6) this.set({ layers: [...this.settings.layers, 4], act: [...this.settings.act, this.settings.act.at(-1) ?? "tanh"] });
    });
  }

  set(change, anew = true) {
    this.show({ ...this.settings, ...change });
    this.changed(this.settings, anew);
  }

  take(field) {
    const { name } = field;
    if (numbers.includes(name)) {
      if (field.value === "" || !field.checkValidity()) {
        field.reportValidity();
        return;
      }
      this.set({ [name]: Number(field.value) }, !training.includes(name));
    } else if (name === "set") this.set({ set: field.value, noise: noises[field.value] ?? this.settings.noise });
    else if (name) this.set({ [name]: field.value });
  }

  show(settings) {
    this.settings = fitting(settings);
    const { form } = this, s = this.settings;
    for (const name of [...numbers, "set", "out", "init"]) form[name].value = s[name];
    form.ratelog.value = Math.log10(Math.max(1e-4, s.rate));
    const table = ["and", "nand", "or", "gate"].includes(s.set);
    form.n.disabled = form.noise.disabled = table || s.set === "own";
    form.classes.disabled = !["spiral", "blobs", "own"].includes(s.set);
    form.out.disabled = s.classes > 2;
    this.showLayers();
  }

  showLayers() {
    const { layers, act } = this.settings, place = this.form.querySelector("#layers");
    const had = document.activeElement?.id;
    place.replaceChildren(...layers.map((units, l) => {
      const span = document.createElement("span"), own = (tag, more) => Object.assign(document.createElement(tag), more);
      const count = own("input", { type: "number", min: 1, max: 16, value: units, id: `units${l}`, ariaLabel: `units of layer ${l + 1}` });
      count.addEventListener("change", (event) => {
        event.stopPropagation();
        if (count.value !== "" && count.checkValidity()) this.set({ layers: layers.with(l, Number(count.value)) });
      });
      const which = own("select", { id: `act${l}`, ariaLabel: `activation of layer ${l + 1}` });
      for (const name of activations) which.add(new Option(name.replace("_", " "), name, false, name === act[l]));
      which.addEventListener("change", (event) => {
        event.stopPropagation();
        this.set({ act: act.with(l, which.value) });
      });
      const less = own("button", { type: "button", textContent: "−", id: `less${l}`, ariaLabel: `remove layer ${l + 1}` });
      less.addEventListener("click", () => this.set({ layers: layers.toSpliced(l, 1), act: act.toSpliced(l, 1) }));
      span.append(count, which, less);
      return span;
    }));
    if (had) document.getElementById(had)?.focus();
  }
}
