// Line charts as SVG, without a library: two charts are not worth one. The colours are readable on white and on black,
// because pages are read on both and an embedded SVG does not know which.

const INK = "#7d8590";
const FAINT = "#7d859055";
const COLOURS = ["#d9480f", "#b8860b", "#2b8a3e", "#3b82f6", "#a855f7"];
const FONT = "13px system-ui, sans-serif";
const MARGIN = { left: 62, right: 24, top: 42, bottom: 50 };

/**
 * @typedef {{ label: string, from: number, to: number, ticks: readonly { at: number, text: string }[], log?: boolean }} Axis
 * `from` is shown at the left or at the bottom; what lies outside is shown at the edge.
 * @typedef {{ x: number, y: number, text?: string }} Point with a text, it is marked
 * @typedef {{ name: string, points: readonly Point[] }} Line
 * @typedef {{ title: string, x: Axis, y: Axis, lines: readonly Line[] }} Panel
 */

/**
 * Panels side by side with one legend below.
 * @param {string} title of all, for those who cannot see it
 * @param {readonly Panel[]} panels whose lines have the same names in the same order
 * @param {{ width?: number, height?: number }} [size] of a panel
 * @returns {string}
 */
export function toSvg(title, panels, { width = 420, height = 360 } = {}) {
  const names = panels[0].lines.map((line) => line.name);
  const legend = names.map((name, i) => {
    const x = MARGIN.left + i * 150;
    const y = height + 14;
    return `<path d="M${x} ${y}h24" stroke="${colour(i)}" stroke-width="2.5"/>${text(x + 30, y + 4, name)}`;
  });
  const total = { width: width * panels.length, height: height + 30 };
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${total.width} ${total.height}" width="${total.width}" height="${total.height}" role="img" aria-label="${escaped(title)}" style="font:${FONT}" fill="none">`,
    `<title>${escaped(title)}</title>`,
    ...panels.map((panel, i) => `<g transform="translate(${i * width} 0)">${drawPanel(panel, width, height)}</g>`),
    ...legend,
    "</svg>\n",
  ].join("\n");
}

/** @param {Panel} panel @param {number} width @param {number} height */
function drawPanel({ title, x, y, lines }, width, height) {
  const [left, right, top, bottom] = [MARGIN.left, width - MARGIN.right, MARGIN.top, height - MARGIN.bottom];
  const toX = (at) => round(left + share(x, at) * (right - left));
  const toY = (at) => round(bottom - share(y, at) * (bottom - top));
  return [
    text(left, 20, title, { weight: 600 }),
    ...x.ticks.map(({ at, text: label }) => {
      const line = `<path d="M${toX(at)} ${top}V${bottom}" stroke="${FAINT}"/>`;
      return line + text(toX(at), bottom + 18, label, { anchor: "middle" });
    }),
    ...y.ticks.map(({ at, text: label }) => {
      const line = `<path d="M${left} ${toY(at)}H${right}" stroke="${FAINT}"/>`;
      return line + text(left - 6, toY(at) + 4, label, { anchor: "end" });
    }),
    text((left + right) / 2, height - 10, x.label, { anchor: "middle" }),
    `<g transform="translate(14 ${(top + bottom) / 2}) rotate(-90)">${text(0, 0, y.label, { anchor: "middle" })}</g>`,
    ...lines.map(({ points }, i) => {
      const path = points.map((point, k) => `${k === 0 ? "M" : "L"}${toX(point.x)} ${toY(point.y)}`).join("");
      const marks = points
        .filter((point) => point.text !== undefined)
        .map((point) => `<circle cx="${toX(point.x)}" cy="${toY(point.y)}" r="4" fill="${colour(i)}"/>`);
      return `<path d="${path}" stroke="${colour(i)}" stroke-width="2.5" stroke-linejoin="round"/>${marks.join("")}`;
    }),
  ].join("\n");
}

/** Where on the axis, 0 to 1. @param {Axis} axis @param {number} at */
function share({ from, to, log }, at) {
  const scale = log ? Math.log : (value) => value;
  const inside = Math.min(Math.max(from, to), Math.max(Math.min(from, to), at));
  return (scale(inside) - scale(from)) / (scale(to) - scale(from));
}

/** @param {number} x @param {number} y @param {string} words @param {{ anchor?: string, weight?: number }} [style] */
function text(x, y, words, { anchor = "start", weight = 400 } = {}) {
  return `<text x="${round(x)}" y="${round(y)}" fill="${INK}" text-anchor="${anchor}" font-weight="${weight}">${escaped(words)}</text>`;
}

const colour = (i) => COLOURS[i % COLOURS.length];
const round = (value) => Math.round(value * 10) / 10;
const escaped = (words) => words.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
