import { mix } from "./colour.ts";
import type { BackHair, Hairline, Look } from "./look.ts";
import type { Pose } from "./pose.ts";

type Draw = (look: Look, pose: Pose) => string;

/** Hair, or a scarf, behind the head. */
export function drawBackHair(look: Look, pose: Pose): string {
  return BACK[look.back](look, pose);
}

/** Hair over the forehead, or what covers it. */
export function drawHairline(look: Look, pose: Pose): string {
  return LINE[look.line](look, pose);
}

/** The head's left and right edge. */
const edges = ({ width }: Look): [number, number] => [50 - width, 50 + width];
const darker = (colour: string): string => mix(colour, "#000000", 0.28);
const dots = (centres: readonly (readonly [number, number])[], r: number, fill: string): string =>
  centres.map(([x, y]) => `<circle cx="${x}" cy="${y}" r="${r}" fill="${fill}"/>`).join("");
const shine = (path: string, opacity: number, width: number): string =>
  `<path d="${path}" stroke="#fff" stroke-opacity="${opacity}" stroke-width="${width}" fill="none"/>`;

/** The skull's hair from ear to ear down to `low`, open along `inner`. */
function drawSkull(look: Look, low: number, inner: string): string {
  const [left, right] = edges(look);
  const over = `C${left - 4} 5 ${right + 4} 5 ${right + 1.6} ${low}`;
  return `<path d="M${left - 1.6} ${low}${over}${inner}Z" fill="${look.hair}"/>`;
}

const BACK: Readonly<Record<BackHair, Draw>> = {
  none: () => "",
  long(look) {
    const [l, r] = edges(look);
    return `<path d="M${l - 5} 96C${l - 10} 60 ${l - 8} 10 50 11C${r + 8} 10 ${r + 10} 60 ${r + 5} 96Z" fill="${darker(look.hair)}"/>`;
  },
  bob(look) {
    const [l, r] = edges(look);
    return `<path d="M${l - 4} 74C${l - 9} 46 ${l - 6} 10 50 11C${r + 6} 10 ${r + 9} 46 ${r + 4} 74Q50 82 ${l - 4} 74Z" fill="${darker(look.hair)}"/>`;
  },
  bun: (look, { shift }) => dots([[50 - shift, 14]], 9, darker(look.hair)),
  tail(look, { lit }) {
    const x = (along: number): number => 50 + along * lit;
    return `<path d="M${x(14)} 20C${x(42)} 20 ${x(36)} 70 ${x(28)} 86C${x(26)} 60 ${x(24)} 40 ${x(12)} 34Z" fill="${darker(look.hair)}"/>`;
  },
  afro: (look) =>
    dots(
      [
        [28, 40],
        [25, 54],
        [30, 26],
        [41, 15],
        [55, 13],
        [67, 20],
        [74, 34],
        [75, 50],
        [72, 60],
        [29, 62],
        [50, 24],
      ],
      12.5,
      darker(look.hair),
    ),
  scarf(look) {
    const [l, r] = edges(look);
    return `<path d="M${l - 6} 100C${l - 12} 50 ${l - 6} 9 50 9C${r + 6} 9 ${r + 12} 50 ${r + 6} 100Z" fill="${look.hat}"/>`;
  },
};

const LINE: Readonly<Record<Hairline, Draw>> = {
  crop(look, { shift: f }) {
    const [l, r] = edges(look);
    return drawSkull(
      look,
      46,
      `L${r - 1.5} 42C${r - 2} 36 ${r - 6} 33 ${56 + f} 32.5Q${50 + f} 34 ${44 + f} 32.5C${l + 6} 33 ${l + 2} 36 ${l + 1.5} 42`,
    );
  },
  quiff(look, { shift: f }) {
    const [l, r] = edges(look);
    const outer = `M${l - 1.5} 46C${l - 6} 22 ${l + 4} 8 ${52 + f} 7C${r + 2} 4 ${r + 6} 26 ${r + 1.5} 46`;
    const inner = `L${r - 1.5} 40C${r - 3} 33 ${r - 10} 30 ${50 + f} 30C${l + 8} 30 ${l + 3} 34 ${l + 1.5} 40Z`;
    return `<path d="${outer}${inner}" fill="${look.hair}"/>${shine(`M${l + 4} 24Q${48 + f} 12 ${r - 2} 20`, 0.16, 2.4)}`;
  },
  sweep(look, { shift: f }) {
    const [l, r] = edges(look);
    const inner = `C${r} 38 ${r - 8} 34 ${40 + f} 27C${l + 10} 34 ${l + 3} 40 ${l + 1} 50`;
    return drawSkull(look, 50, inner) + shine(`M${40 + f} 26Q${58 + f} 18 ${r - 1} 32`, 0.14, 2.2);
  },
  centre(look, { shift: f }) {
    const [l, r] = edges(look);
    return drawSkull(look, 58, `C${r - 1} 44 ${r - 9} 32 ${50 + f} 25C${l + 9} 32 ${l + 1} 44 ${l - 1.6} 58`);
  },
  fringe(look, { shift: f }) {
    const [l, r] = edges(look);
    const inner = `L${r - 1} 45Q${50 + f} 38 ${l + 1} 45L${l - 1.6} 56`;
    return drawSkull(look, 56, inner) + shine(`M${l + 6} 24Q50 15 ${r - 6} 24`, 0.18, 2.6);
  },
  curls(look, { shift: f }) {
    const [l, r] = edges(look);
    const centres = [
      [l + 3, 36],
      [l + 6, 27],
      [l + 13, 21],
      [47, 19],
      [55, 19],
      [r - 11, 22],
      [r - 5, 29],
      [r - 3, 38],
    ] as const;
    return dots(
      centres.map(([x, y]) => [x + f * 0.4, y]),
      8,
      look.hair,
    );
  },
  bald(look, { lit }) {
    const [l, r] = edges(look);
    const rims = `M${l - 1} 54Q${l - 2.5} 42 ${l + 3} 36Q${l + 2} 46 ${l + 1.5} 54ZM${r + 1} 54Q${r + 2.5} 42 ${r - 3} 36Q${r - 2} 46 ${r - 1.5} 54Z`;
    return `<path d="${rims}" fill="${look.hair}"/><ellipse cx="${50 + lit * 7}" cy="27" rx="6" ry="3" fill="#fff" opacity=".3"/>`;
  },
  cap(look, { shift: f }) {
    const [l, r] = edges(look);
    const crown = `M${l - 2} 38C${l - 4} 8 ${r + 4} 8 ${r + 2} 38Q50 31 ${l - 2} 38Z`;
    const peak = `M${l - 3 + f} 38Q${50 + f} 28 ${r + 3 + f} 38Q${r + 4 + f} 43 ${r - 4 + f} 42Q${50 + f} 35 ${l + 4 + f} 42Q${l - 4 + f} 43 ${l - 3 + f} 38Z`;
    return `<path d="${crown}" fill="${look.hat}"/><path d="${peak}" fill="${mix(look.hat, "#000000", 0.3)}"/>`;
  },
  none(look) {
    if (look.back !== "scarf") return "";
    const [l, r] = edges(look);
    const hood = `M${l - 3} 62C${l - 8} 10 ${r + 8} 10 ${r + 3} 62C${r + 4} 28 60 25 50 25C40 25 ${l - 4} 28 ${l - 3} 62Z`;
    const fold = `M${l} 60Q${l + 2} 84 50 87Q${r - 2} 84 ${r} 60Q${r + 5} 88 ${r + 2} 96Q50 106 ${l - 2} 96Q${l - 5} 88 ${l} 60Z`;
    return `<path d="${hood}" fill="${mix(look.hat, "#ffffff", 0.12)}"/><path d="${fold}" fill="${mix(look.hat, "#000000", 0.12)}"/>`;
  },
};
