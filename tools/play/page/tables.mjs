// The numbers of each picture as a table, for who reads them rather than sees them.

const digits = (v) => (Number.isFinite(v) ? v.toPrecision(4) : "");
// At most so many of a long list, evenly, the last one among them.
const some = (list, most) => (list.length <= most ? list : Array.from({ length: most }, (_, i) => list[Math.round((i * (list.length - 1)) / (most - 1))]));

const of = {
  network: (run) => {
    if (!run.layers || run.layers.error) return [];
    return [["unit", "activation", "weights", "bias"],
      ...run.layers.flatMap(({ W, b }, l) => W.map((row, i) => [`layer ${l + 1}, unit ${i + 1}`, run.shape.act[l], Array.from(row, digits).join(", "), digits(b[i])]))];
  },
  plane: (run) => {
    if (!run.data) return [];
    const { x, y, labels } = run.data.train, said = run.hidden?.error ? null : run.hidden?.at(-1);
    const head = ["x1", "x2", "class", ...(said?.map((_, k) => (said.length > 1 ? `output ${k}` : "output")) ?? [])];
    return [head, ...some(Array.from(x, (_, i) => i), 100).map((i) => [digits(x[i]), digits(y[i]), labels[i], ...(said?.map((row) => digits(row[i])) ?? [])])];
  },
  loss: (run) => [["step", "loss", "loss of new points"], ...some(run.history, 50).map((s) => [s.step, digits(s.loss), digits(s.test_loss)])],
  hidden: (run, layer) => {
    const values = run.hidden?.error ? null : run.hidden?.[layer];
    if (!values || layer >= run.shape.units.length - 2) return [];
    return [["class", ...values.map((_, k) => `unit ${k + 1}`)],
      ...some(Array.from(run.data.train.labels, (_, i) => i), 100).map((i) => [run.data.train.labels[i], ...values.map((row) => digits(row[i]))])];
  },
  slopes: (run) => {
    if (!run.slopes || run.slopes.error) return [];
    return [["layer", "mean |dW|"], ...run.slopes.map(({ W }, l) => {
      const all = W.flatMap((row) => Array.from(row, Math.abs));
      return [l + 1, digits(all.reduce((sum, v) => sum + v, 0) / all.length)];
    })];
  },
};

const cells = (row, tag) => {
  const line = document.createElement("tr");
  for (const text of row) line.append(Object.assign(document.createElement(tag), { textContent: text }));
  return line;
};

// "as a table" under each picture; what it returns is to be called after each drawing.
export function addTables(run, layer) {
  const all = Object.keys(of).map((name) => {
    const details = document.createElement("details"), table = document.createElement("table"), scroll = document.createElement("div");
    details.className = "table more";
    details.append(Object.assign(document.createElement("summary"), { textContent: "as a table" }), scroll);
    scroll.className = "scroll";
    scroll.append(table);
    document.getElementById(name).closest("section").append(details);
    const fill = () => {
      const [head, ...rows] = of[name](run, layer());
      table.replaceChildren(...(rows.length ? [cells(head, "th"), ...rows.map((row) => cells(row, "td"))] : [cells(["nothing yet"], "td")]));
    };
    details.addEventListener("toggle", () => details.open && fill());
    return () => details.open && fill();
  });
  return () => all.forEach((each) => each());
}
