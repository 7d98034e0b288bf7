// A formula as the nodes of a graph: "(x + y) * z" becomes x, y, +, z, *, each after what it reads.
// Numbers, names of one letter, + - *, brackets, and tanh sigmoid relu of something.

const functions = ["tanh", "sigmoid", "relu"];

// [{op, inputs, name?, factor?, value?}...]: op is parameter (a letter), input (a number), add, multiply, scale, activate.
// Throws an Error that says what was expected where.
export function nodesOf(text) {
  const tokens = text.match(/[a-z]+|[0-9]*\.?[0-9]+|\S/gi) ?? [], nodes = [];
  let at = 0;
  const node = (one) => nodes.push(one) - 1;
  const wanted = (what) => new Error(`expected ${what}${at < tokens.length ? ` in place of "${tokens[at]}"` : " at the end"} of ${text}`);
  const take = (token) => {
    if (tokens[at] !== token) throw wanted(`"${token}"`);
    ++at;
  };
  const number = (i) => nodes[i].op === "input";
  function sum() {
    let left = product();
    while (tokens[at] === "+" || tokens[at] === "-") {
      const sign = tokens[at++], right = product();
      left = node({ op: "add", inputs: [left, sign === "+" ? right : scaled(right, -1)] });
    }
    return left;
  }
  function product() {
    let left = factor();
    while (tokens[at] === "*") {
      ++at;
      const right = factor();
      if (number(left)) left = scaled(right, nodes[left].value);
      else left = number(right) ? scaled(left, nodes[right].value) : node({ op: "multiply", inputs: [left, right] });
    }
    return left;
  }
  const scaled = (of, factor) => node({ op: "scale", inputs: [of], factor });
  function factor() {
    const token = tokens[at];
    if (token === undefined) throw wanted("a letter, a number or a bracket");
    if (token === "-") {
      ++at;
      return scaled(factor(), -1);
    }
    if (token === "(") {
      ++at;
      const inside = sum();
      take(")");
      return inside;
    }
    ++at;
    if (functions.includes(token)) {
      take("(");
      const inside = sum();
      take(")");
      return node({ op: "activate", inputs: [inside], name: token });
    }
    if (/^[a-z]$/i.test(token)) {
      const known = nodes.findIndex(({ op, name }) => op === "parameter" && name === token);
      return known >= 0 ? known : node({ op: "parameter", inputs: [], name: token });
    }
    if (/^[0-9.]+$/.test(token)) return node({ op: "input", inputs: [], value: Number(token) });
    --at;
    throw wanted(`a letter, a number, a bracket, or one of ${functions.join(", ")}`);
  }
  const last = sum();
  if (at < tokens.length) throw wanted("+, -, * or the end");
  return read(nodes, last);
}

// Only what the last node depends on, in the same order.
function read(nodes, last) {
  const used = new Set([last]);
  for (let i = last; i >= 0; --i) if (used.has(i)) nodes[i].inputs.forEach((input) => used.add(input));
  const kept = [...used].sort((a, b) => a - b), place = new Map(kept.map((i, k) => [i, k]));
  return kept.map((i) => ({ ...nodes[i], inputs: nodes[i].inputs.map((input) => place.get(input)) }));
}

// As the engine takes them: "parameter;parameter;add:0,1;scale:2:-1;activate:3:tanh".
export const wordOf = (nodes) => nodes.map(({ op, inputs, factor, name }) =>
  [op, ...(inputs.length ? [inputs.join(",")] : []), ...(op === "scale" ? [factor] : []), ...(op === "activate" ? [name] : [])].join(":")).join(";");
