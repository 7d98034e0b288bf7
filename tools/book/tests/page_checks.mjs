// Functions that run inside a page and return what is wrong with it. Each is sent there alone, so none can call another.

// The text of a page of the book. `expected`: how many formulas and pictures it has.
export function problemsOfPage(expected) {
  const problems = [];
  const expect = (holds, problem) => holds || problems.push(problem);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const doc = document.querySelector(".vp-doc") ?? document.body;
  const describe = (element) => `<${element.tagName.toLowerCase()}> "${element.textContent.trim().slice(0, 40)}"`;

  const headings = all("h1", doc).length;
  expect(headings === 1, `${headings} headings of the first level, expected 1`);

  const formulas = all(".formula > .katex, .formula > .katex-display", doc).length;
  expect(formulas === expected.formulas, `${formulas} formulas are rendered, expected ${expected.formulas}`);
  for (const bad of all(".katex-error, merror", doc)) problems.push(`a formula is in error: ${bad.textContent.slice(0, 60)}`);
  if (formulas) expect([...document.fonts].some((font) => /KaTeX/.test(font.family) && font.status === "loaded"), "the formulas' letters have not been loaded");

  const pictures = all("img, video", doc);
  expect(pictures.length === expected.pictures, `${pictures.length} pictures, expected ${expected.pictures}`);
  for (const picture of pictures) {
    expect((picture.naturalWidth || picture.videoWidth) > 0 && picture.getBoundingClientRect().width > 0, `the picture ${picture.getAttribute("src")} is not shown`);
    expect(picture.alt !== "", `the picture ${picture.getAttribute("src")} has no words for those who cannot see it`);
  }

  const walker = document.createTreeWalker(doc, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    if (node.parentElement.closest("code, pre, .formula, script, style, .line-numbers-wrapper")) continue;
    const raw = node.data.match(/\$|\*\*|\]\(|^>|`|\\[a-z]+\b/);
    expect(!raw, `'${raw?.[0]}' is left over in the text "${node.data.trim().slice(0, 60)}"`);
  }

  const inline = "em, strong, a:not(.header-anchor), :not(pre) > code, span.formula";
  for (const element of all(inline, doc)) {
    const next = element.nextSibling;
    if (next?.nodeType === Node.ELEMENT_NODE && next.matches(inline)) problems.push(`${describe(element)} and ${describe(next)} have run together`);
  }
  return problems;
}

// The look of any page: nothing wider than the window, no faint words. `dark`: whether its ground should be.
export function problemsOfLook(dark) {
  const problems = [];
  const expect = (holds, problem) => holds || problems.push(problem);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const doc = document.querySelector(".vp-doc") ?? document.body;
  const describe = (element) => `<${element.tagName.toLowerCase()}> "${element.textContent.trim().slice(0, 40)}"`;

  const width = innerWidth, root = document.documentElement;
  expect(root.scrollWidth <= width, `the page is ${root.scrollWidth} px wide, the window ${width}`);
  const scrolls = (element) => {
    for (; element && element !== doc; element = element.parentElement)
      if (["auto", "scroll"].includes(getComputedStyle(element).overflowX)) return true;
    return false;
  };
  for (const element of all("*", doc)) {
    const box = element.getBoundingClientRect();
    if (box.width && (box.right > width + 1 || box.left < -1) && !element.closest(".katex-mathml, .visually-hidden, svg") && !scrolls(element.parentElement))
      problems.push(`${describe(element)} reaches from ${Math.round(box.left)} to ${Math.round(box.right)} px in a window of ${width}`);
  }

  // Words against their ground, by the formula of WCAG 2; 4.5 is its bound for text.
  const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
  const numbers = new Map();
  const rgba = (colour) => {
    if (!numbers.has(colour)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      numbers.set(colour, [...canvas.getImageData(0, 0, 1, 1).data]);
    }
    return numbers.get(colour);
  };
  const over = ([r, g, b, a], ground) => [r, g, b].map((v, i) => (v * a + ground[i] * (255 - a)) / 255);
  const grounds = new Map();
  const groundOf = (element) => {
    if (!element) return [255, 255, 255];
    if (!grounds.has(element)) {
      const own = rgba(getComputedStyle(element).backgroundColor);
      grounds.set(element, own[3] === 255 ? own : over(own, groundOf(element.parentElement)));
    }
    return grounds.get(element);
  };
  const luminance = (colour) => {
    const [r, g, b] = colour.map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const faint = new Set();
  for (const element of all("p, li, td, th, h1, h2, h3, summary, figcaption, a, code, code span", doc)) {
    if (!element.textContent.trim() || element.closest(".header-anchor")) continue;
    const ground = groundOf(element), lights = [luminance(over(rgba(getComputedStyle(element).color), ground)), luminance(ground)].sort();
    const contrast = (lights[1] + 0.05) / (lights[0] + 0.05);
    if (contrast < 4.5) faint.add(`${describe(element)} has a contrast of ${contrast.toFixed(1)} only`);
  }
  problems.push(...faint);

  const light = luminance(groundOf(document.body)) > 0.5;
  expect(light !== dark, `the page is ${light ? "light" : "dark"}, expected ${dark ? "dark" : "light"}`);
  return problems;
}

// Where the links of a page lead, and what may be led to on it.
export function linksOfPage() {
  const links = [...document.querySelectorAll("a[href]")].map((link) => link.href).filter((href) => href.startsWith(location.origin));
  return { links: [...new Set(links)], ids: [...document.querySelectorAll("[id]")].map((element) => element.id) };
}
