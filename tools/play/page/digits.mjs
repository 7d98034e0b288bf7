// Drawn ink as a network that learned from MNIST wants it: 28 x 28 numbers from 0 to 1, row by row from above.

export const side = 28;
const box = 20;  // MNIST's makers scaled each digit into 20 x 20 pixels, and put its centre of mass in the middle of 28 x 28

// The mean ink of each of 28 x 28 squares, `scale` pixels to one of the ink's, round the point (cx, cy) of the ink.
function squares(ink, size, scale, cx, cy) {
  const wide = size + 1, sums = new Float64Array(wide * wide);  // of all ink above and to the left
  for (let y = 0; y < size; ++y)
    for (let x = 0, row = 0; x < size; ++x) {
      row += ink[y * size + x];
      sums[(y + 1) * wide + x + 1] = sums[y * wide + x + 1] + row;
    }
  const within = (v) => Math.max(0, Math.min(size, v));
  const sum = (x, y) => {
    const left = Math.min(size - 1, Math.floor(x)), top = Math.min(size - 1, Math.floor(y)), [u, v] = [x - left, y - top], at = top * wide + left;
    return (1 - v) * ((1 - u) * sums[at] + u * sums[at + 1]) + v * ((1 - u) * sums[at + wide] + u * sums[at + wide + 1]);
  };
  return Float32Array.from({ length: side * side }, (_, i) => {
    const column = (i % side) - side / 2, row = Math.floor(i / side) - side / 2;
    const [x0, x1] = [within(cx + column / scale), within(cx + (column + 1) / scale)], [y0, y1] = [within(cy + row / scale), within(cy + (row + 1) / scale)];
    return Math.max(0, Math.min(1, scale * scale * (sum(x1, y1) - sum(x0, y1) - sum(x1, y0) + sum(x0, y0))));
  });
}

// As MNIST's makers did. `ink` is size x size; null where nothing is drawn.
export function centred(ink, size) {
  let [left, right, top, bottom] = [size, -1, size, -1], [mass, mx, my] = [0, 0, 0];
  for (let y = 0; y < size; ++y)
    for (let x = 0; x < size; ++x) {
      const here = ink[y * size + x];
      if (here === 0) continue;
      [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
      mass += here;
      mx += here * (x + 0.5);
      my += here * (y + 0.5);
    }
  if (mass === 0) return null;
  return squares(ink, size, box / (Math.max(right - left, bottom - top) + 1), mx / mass, my / mass);
}

// The whole pad made smaller and nothing else: a digit in a corner stays there.
export const shrunk = (ink, size) => (ink.some((v) => v > 0) ? squares(ink, size, side / size, size / 2, size / 2) : null);

const arc = (cx, cy, rx, ry, from, to) => Array.from({ length: 25 }, (_, i) => {
  const angle = ((from + ((to - from) * i) / 24) * Math.PI) / 180;
  return [cx + rx * Math.cos(angle), cy + ry * Math.sin(angle)];
});

// How a pen draws each digit: strokes of points in a square of side 1.
export const strokes = [
  [arc(0.5, 0.5, 0.3, 0.44, -90, 270)],
  [[[0.56, 0.06], [0.46, 0.94]]],
  [[...arc(0.5, 0.3, 0.27, 0.24, -165, 35), [0.22, 0.92], [0.8, 0.9]]],
  [[...arc(0.46, 0.29, 0.25, 0.22, -155, 90), ...arc(0.46, 0.72, 0.29, 0.22, -90, 155)]],
  [[[0.3, 0.1], [0.22, 0.52], [0.8, 0.5]], [[0.7, 0.08], [0.62, 0.94]]],
  [[[0.76, 0.08], [0.34, 0.1], [0.3, 0.46], ...arc(0.48, 0.67, 0.27, 0.25, -120, 150)]],
  [[[0.62, 0.06], [0.42, 0.28], [0.3, 0.55], ...arc(0.5, 0.7, 0.21, 0.22, 190, 540)]],
  [[[0.22, 0.12], [0.78, 0.1], [0.44, 0.94]]],
  [[...arc(0.5, 0.28, 0.2, 0.2, 90, 450), ...arc(0.5, 0.71, 0.24, 0.23, -90, 270)]],
  [[...arc(0.48, 0.3, 0.21, 0.22, 0, 360), [0.68, 0.45], [0.6, 0.94]]],
];
