// One training in the engine: begin, advance, replay, and what there is to draw of it. Questions go one at a time.
import { dataRequest, networkRequest, runName, stepRequest } from "./settings.mjs";

const grid = 40;

// Layers of pictures out of one array: units[l] of them, `size` numbers each.
function layered(units, size, numbers) {
  let at = 0;
  return units.map((count) => Array.from({ length: count }, () => numbers.subarray(at, (at += size))));
}

// W and b of each layer out of one array.
export function matrices(units, numbers) {
  let at = 0;
  return units.slice(1).map((m, l) => {
    const W = Array.from({ length: m }, () => numbers.subarray(at, (at += units[l])));
    return { W, b: numbers.subarray(at, (at += m)) };
  });
}

export class Run {
  constructor(transport, page = Math.random().toString(36).slice(2)) {
    this.transport = transport;
    this.page = page;
    this.queue = Promise.resolve();
    this.own = [];  // points of the user's: [x, y, label]
    this.clear();
  }

  clear() {
    Object.assign(this, { data: null, shape: null, score: null, history: [], look: null, hidden: null, layers: null, slopes: null,
      broke: null, trouble: null, lost: false });
  }

  // Throws what the engine says, as an Error with `task` or `lost`.
  ask(request, floats) {
    const answer = this.queue.then(async () => {
      const [verb, ...words] = request.split(" ");
      const { head, numbers } = await this.transport.ask([verb, `page=${this.page}`, ...words].join(" "), floats);
      if (head.error) {
        if (head.lost || head.missing) this.lost = true;
        throw Object.assign(new Error(head.error), { task: head.task, lost: head.lost });
      }
      return { head, numbers };
    });
    this.queue = answer.catch(() => {});
    return answer;
  }

  async begin(settings) {
    this.clear();
    this.settings = settings;
    const own = settings.set === "own" ? new Float32Array(this.own.flat()) : undefined;
    const { head, numbers } = await this.ask(dataRequest(settings), own);
    const take = (from, n) => ({ x: numbers.subarray(from, from + n), y: numbers.subarray(from + n, from + 2 * n),
      labels: numbers.subarray(from + 2 * n, from + 3 * n) });
    this.data = { train: take(0, head.train), test: take(3 * head.train, head.test), classes: head.classes };
    this.box = boxAround([this.data.train, this.data.test]);
    this.shape = (await this.ask(networkRequest(settings))).head;
    await this.refresh();
    await this.advance(0);
  }

  async advance(n) {
    if (this.lost) await this.replay(this.score?.step ?? 0);
    const { head } = await this.ask(stepRequest(this.settings, n));
    this.score = head;
    if (head.broke) this.broke = head.broke;
    else if (this.history.at(-1)?.step !== head.step) this.history.push(head);
    if (this.history.length > 600) this.history = this.history.filter((_, i) => i % 2 === 0 || i > 590);
    return head;
  }

  // The same data, network and number of steps again, in an engine that knows nothing of them.
  async replay(step) {
    const settings = this.settings;
    await this.begin(settings);
    for (let each = Math.max(1, Math.ceil(step / 40)); this.score.step < step && !this.broke;)
      await this.advance(Math.min(each, step - this.score.step));
    await this.refresh();
  }

  // Pictures first, since they need least of the student's code; what fails is kept for its place on the page.
  async refresh() {
    const [x0, x1, y0, y1] = this.box, units = this.shape.units;
    const kept = async (name, request, read) => {
      try {
        const { numbers } = await this.ask(request);
        this[name] = read(numbers);
      } catch (error) {
        this[name] = { error };
        if (error.lost) throw error;
      }
    };
    await kept("look", `look grid=${grid} x0=${x0} x1=${x1} y0=${y0} y1=${y1}`, (v) => ({ grid, layers: layered(units.slice(1), grid * grid, v) }));
    await kept("layers", "weights", (v) => matrices(units, v));
    await kept("hidden", "points", (v) => layered(units.slice(1), this.data.train.x.length, v));
  }

  async measureSlopes() {
    try {
      this.slopes = matrices(this.shape.units, (await this.ask("slopes")).numbers);
    } catch (error) {
      this.slopes = { error };
    }
  }

  get name() { return runName(this.settings); }
}

// A square around all points with some room, so that a circle stays one.
function boxAround(sets) {
  let [x0, x1, y0, y1] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { x, y } of sets) {
    for (const v of x) [x0, x1] = [Math.min(x0, v), Math.max(x1, v)];
    for (const v of y) [y0, y1] = [Math.min(y0, v), Math.max(y1, v)];
  }
  const half = Math.max(x1 - x0, y1 - y0, 1) * 0.6, cx = (x0 + x1) / 2, cy = (y0 + y1) / 2;
  return [cx - half, cx + half, cy - half, cy + half].map((v) => Number(v.toFixed(4)));
}
