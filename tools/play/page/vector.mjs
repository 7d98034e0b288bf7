// What draws on a canvas draws an SVG here: the few calls of a 2D context that the pictures use.

const escaped = (text) => String(text).replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
const short = (v) => String(Math.round(v * 100) / 100);
const numbers = (values) => values.map(short).join(" ");

class VectorContext {
  constructor() {
    Object.assign(this, { parts: [], path: "", dash: [], lineWidth: 1, globalAlpha: 1, strokeStyle: "#000", fillStyle: "#000",
      textAlign: "left", textBaseline: "alphabetic", font: "" });
  }

  setTransform() {}  // CSS pixels are the SVG's own
  clearRect() { this.parts = []; }
  setLineDash(dash) { this.dash = dash; }
  add(tag, attributes) {
    const words = Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(value)}"`).join("");
    this.parts.push(`<${tag}${words}/>`);
  }
  get pen() {
    const dash = this.dash.length ? { "stroke-dasharray": this.dash.join(" ") } : {};
    return { fill: "none", stroke: this.strokeStyle, "stroke-width": short(this.lineWidth), opacity: this.globalAlpha, ...dash };
  }
  get brush() { return { fill: this.fillStyle, opacity: this.globalAlpha }; }

  beginPath() { this.path = ""; }
  closePath() { this.path += "Z"; }
  moveTo(...at) { this.path += `M${numbers(at)}`; }
  lineTo(...at) { this.path += `L${numbers(at)}`; }
  bezierCurveTo(...at) { this.path += `C${numbers(at)}`; }
  rect(x, y, w, h) { this.path += `M${numbers([x, y])}h${short(w)}v${short(h)}h${short(-w)}Z`; }
  arc(x, y, r) { this.path += `M${numbers([x - r, y])}a${numbers([r, r])} 0 1 0 ${short(2 * r)} 0a${numbers([r, r])} 0 1 0 ${short(-2 * r)} 0Z`; }  // whole circles only
  fill() { this.add("path", { d: this.path, ...this.brush }); }
  stroke() { this.add("path", { d: this.path, ...this.pen }); }
  fillRect(x, y, width, height) { this.add("rect", { x: short(x), y: short(y), width: short(width), height: short(height), ...this.brush }); }
  strokeRect(x, y, width, height) { this.add("rect", { x: short(x), y: short(y), width: short(width), height: short(height), ...this.pen }); }
  drawImage(image, x, y, width, height) {
    this.add("image", { href: image.toDataURL(), x: short(x), y: short(y), width: short(width), height: short(height), preserveAspectRatio: "none",
      ...(this.imageSmoothingEnabled === false ? { style: "image-rendering:pixelated" } : {}) });
  }
  fillText(text, x, y) {
    const anchor = { left: "start", center: "middle", right: "end" }[this.textAlign];
    const base = this.textBaseline === "middle" ? { "dominant-baseline": "central" } : {};
    const style = { "text-anchor": anchor, "font-family": "system-ui, sans-serif", "font-size": parseFloat(this.font) || 13, ...base };
    const words = Object.entries({ x: short(x), y: short(y), ...style, ...this.brush }).map(([name, value]) => ` ${name}="${escaped(value)}"`).join("");
    this.parts.push(`<text${words}>${escaped(text)}</text>`);
  }
}

// In place of `canvas`, for what draws on it.
export function vectorCanvas(canvas) {
  const context = new VectorContext();
  return { context, getContext: () => context, getBoundingClientRect: () => canvas.getBoundingClientRect() };
}

// One SVG of pictures side by side, in rows as wide as the widest, each [canvas as drawn on, its heading].
export function svgOf(pictures, { paper, ink }) {
  const width = Math.max(...pictures.map(([canvas]) => canvas.getBoundingClientRect().width));
  let x = 0, y = 0, height = 0;
  const groups = pictures.map(([canvas, heading]) => {
    const box = canvas.getBoundingClientRect();
    if (x + box.width > width + 1) [x, y] = [0, height + 16];
    const group = `<g transform="translate(${short(x)} ${short(y)})"><text x="8" y="18" font-family="system-ui, sans-serif" font-size="14" font-weight="600" fill="${ink}">${escaped(heading)}</text>` +
      `<g transform="translate(0 26)">${canvas.context.parts.join("\n")}</g></g>`;
    x += box.width + 16;
    height = Math.max(height, y + box.height + 26);
    return group;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${short(width)}" height="${short(height)}" viewBox="0 0 ${short(width)} ${short(height)}">\n` +
    `<rect width="100%" height="100%" fill="${paper}"/>\n${groups.join("\n")}\n</svg>\n`;
}
