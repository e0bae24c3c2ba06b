import { mix } from "./colour.ts";
import type { Look } from "./look.ts";
import type { Pose } from "./pose.ts";

/** The two sides of a face. */
const SIDES = [-1, 1] as const;
type Side = (typeof SIDES)[number];

/** Lowest point of the chin. */
export const CHIN = 81;

export function drawEyes(look: Look, pose: Pose): string {
  return SIDES.map((side) => drawEye(look, pose, side)).join("");
}

function drawEye(look: Look, { yaw, shift, smile, shut }: Pose, side: Side): string {
  const x = 50 + shift + side * look.eyeGap * (1 - 0.12 * yaw * side);
  const y = 49.5;
  const size = look.eyeSize;
  if (shut) {
    return `<path d="M${x - 3.4} ${y}q3.4 2.4 6.8 0" stroke="${look.shade}" stroke-width="1.3" fill="none"/>`;
  }
  const sight = x + shift * 0.16;
  const lid = mix(look.shade, "#1a0e0a", 0.55);
  const brow = mix(look.hair, "#20140e", look.paleHair ? 0.15 : 0.4);
  const raised = side * smile * 0.4;
  return `<ellipse cx="${x}" cy="${y}" rx="${3.7 * size}" ry="${2.5 * size}" fill="#fffaf4"/>
<circle cx="${sight}" cy="${y + 0.1}" r="${2.15 * size}" fill="${look.iris}"/>
<circle cx="${sight + 0.7}" cy="${y - 0.8}" r=".65" fill="#fff"/>
<path d="M${x - 4 * size} ${y - 0.3}Q${x} ${y - 4.3 * size} ${x + 4 * size} ${y - 0.3}" stroke="${lid}" stroke-width="1.15" fill="none"/>
<path d="M${x - 4.6} ${y - 6.2 - raised}Q${x} ${y - 9.2} ${x + 4.6} ${y - 6.2 + raised}" stroke="${brow}" stroke-width="${look.brow}" fill="none"/>`;
}

export function drawNose({ nose, shade }: Look, { shift, lit }: Pose): string {
  const bridge = `M${50 + shift * 1.5 - lit} 51q${-lit * 3.4 * nose} 7 ${-lit * 2.2} 9.5q${lit * 2.6} 1.8 ${lit * 5} .2`;
  return `<path d="${bridge}" stroke="${shade}" stroke-width="1.5" fill="none"/>`;
}

export function drawMouth(look: Look, { shift, smile }: Pose): string {
  const x = 50 + shift * 1.1;
  const y = 68;
  const half = look.mouth;
  const lip = mix(look.skin, look.darkSkin ? "#5a1c22" : "#b23a44", look.beard === "none" ? 0.55 : 0.4);
  if (smile > 0.62) {
    return `<path d="M${x - half} ${y - 1}Q${x} ${y + 1} ${x + half} ${y - 1}Q${x} ${y + 8} ${x - half} ${y - 1}Z" fill="#fff" stroke="${lip}" stroke-width="1.2"/>`;
  }
  return `<path d="M${x - half * 0.8} ${y - smile}Q${x} ${y + 1 + smile * 4.4} ${x + half * 0.8} ${y - smile}" stroke="${lip}" stroke-width="1.9" fill="none"/>
<path d="M${x - 3} ${y + 4.6}h6" stroke="${look.shade}" stroke-width="1" opacity=".6"/>`;
}

export function drawBeard(look: Look, pose: Pose): string {
  const { beard, hair, width, jaw, mouth } = look;
  if (beard === "none") return "";
  const [left, right, x] = [50 - width, 50 + width, 50 + pose.shift * 1.1];
  const cheeks = `M${left} 52Q${left + 3} 60 ${x - mouth - 2} 62Q${x} 58 ${x + mouth + 2} 62Q${right - 3} 60 ${right} 52`;
  const chin = `C${right} 66 ${50 + jaw + 1} ${CHIN + 3} 50 ${CHIN + 3}C${49 - jaw} ${CHIN + 3} ${left} 66 ${left} 52Z`;
  if (beard === "stubble") return `<path d="${cheeks}${chin}" fill="${hair}" opacity=".24"/>`;
  const moustache = `<path d="M${x - mouth - 1} 66.5Q${x - 4} 60.5 ${x} 63Q${x + 4} 60.5 ${x + mouth + 1} 66.5Q${x} 63.8 ${x - mouth - 1} 66.5Z" fill="${hair}"/>`;
  if (beard === "full") return `<path d="${cheeks}${chin}" fill="${hair}"/>${moustache}`;
  if (beard === "moustache") return moustache;
  return `${moustache}<path d="M${x - 6} 73Q${x} 71 ${x + 6} 73Q${x + 5} 83.5 ${x} 84Q${x - 5} 83.5 ${x - 6} 73Z" fill="${hair}"/>`;
}

export function drawGlasses({ glasses, width }: Look, { shift }: Pose): string {
  if (glasses === "none") return "";
  const lenses = SIDES.map((side) => {
    const x = 50 + shift + side * 8;
    return glasses === "round"
      ? `<circle cx="${x}" cy="50" r="6.6"/>`
      : `<rect x="${x - 6.8}" y="44.8" width="13.6" height="10" rx="2.4"/>`;
  });
  const bridge = `M${48.6 + shift} 49h2.8M${51 - width} 48l${shift + 4} 0M${49 + width} 48l${shift - 4} 0`;
  const rim = glasses === "round" ? "#4a3a2e" : "#1f2226";
  return `<g fill="#fff" fill-opacity=".14" stroke="${rim}" stroke-width="1.5">${lenses.join("")}<path d="${bridge}" fill="none"/></g>`;
}

export function drawEars(look: Look, { yaw, shift, lit }: Pose): string {
  if (look.back === "scarf") return "";
  return SIDES.map((side) => {
    // The far one is hidden.
    if (yaw * side > 0.62) return "";
    const x = 50 + side * (look.width + 0.6) - shift * 0.35;
    const ring = look.rings ? `<circle cx="${x + side * 0.4}" cy="60" r="1.7" fill="#e2b84b"/>` : "";
    return `<ellipse cx="${x}" cy="52" rx="3.6" ry="6" fill="${side === lit ? look.skin : look.shade}"/>${ring}`;
  }).join("");
}

/** Cheeks, freckles and the lines of age. */
export function drawSkin({ darkSkin, freckles, aged, shade }: Look, { shift }: Pose): string {
  const x = 50 + shift;
  const cheeks = SIDES.map(
    (side) =>
      `<ellipse cx="${x + side * 11}" cy="60" rx="4.4" ry="2.8" fill="#d0453a" opacity="${darkSkin ? 0.08 : 0.15}"/>`,
  );
  const dots = freckles ? [-12, -9, -6, 6, 9, 12] : [];
  const speckles = dots.map(
    (dx) => `<circle cx="${x + dx}" cy="${Math.abs(dx) === 9 ? 59 : 57}" r=".7" fill="#a4552f" opacity=".7"/>`,
  );
  const lines = aged
    ? `<path d="M${x - 8} 37.5q8-2 16 0M${x - 13} 56.5q3 2 6 1.5M${x + 13} 56.5q-3 2-6 1.5" stroke="${shade}" stroke-width="1" fill="none"/>`
    : "";
  return cheeks.join("") + speckles.join("") + lines;
}
