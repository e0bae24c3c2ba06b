import sharp from "sharp";
import { makeRandom } from "../make/encoding.ts";

const SKIN = ["#f2d3bd", "#e3b08d", "#c98d63", "#9a6240", "#6d432c"];
const HAIR = ["#2b211c", "#5a3a22", "#8d5a2b", "#c9a15b", "#8f8f94", "#a33d2a"];
const WALL = ["#b9c7cf", "#cfc6b4", "#9fb2a4", "#8d97a8", "#d6cdd6"];

/** A drawn portrait, the same for the same person; `pose` turns it a little. Base64 of a JPEG. */
export async function drawnFace(person: number, pose = 0): Promise<string> {
  const random = makeRandom(person * 101 + 7);
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? "#888888";
  const [skin, hair, shirt, wall] = [pick(SKIN), pick(HAIR), `hsl(${Math.floor(random() * 360)} 45% 40%)`, pick(WALL)];
  const [wide, long, eyes, beard, glasses] = [
    44 + random() * 10,
    56 + random() * 10,
    17 + random() * 5,
    random() < 0.25,
    random() < 0.3,
  ];
  const turn = ((pose * 37) % 17) - 8;
  const dim = 1 - ((pose * 13) % 5) / 14;
  const style = Math.floor(random() * 3);
  const back = style === 0 ? `<ellipse cx="100" cy="108" rx="${wide + 18}" ry="${long + 26}" fill="${hair}"/>` : "";
  const frames = glasses
    ? `<g fill="none" stroke="#222" stroke-width="3"><circle cx="${100 - eyes + turn}" cy="98" r="12"/><circle cx="${100 + eyes + turn}" cy="98" r="12"/></g>`
    : "";
  const [left, right, top] = [97 - wide, 103 + wide, 104 - long];
  const hairline = `M${left} 104 A ${wide + 3} ${long + 6} 0 0 1 ${right} 104 Q ${right - 8} ${top + 30} ${100 + turn} ${top + 22 + style * 4} Q ${left + 8} ${top + 30} ${left} 104Z`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="200">
    <rect width="200" height="200" fill="${wall}"/>
    ${back}<ellipse cx="100" cy="215" rx="82" ry="52" fill="${shirt}"/><rect x="84" y="140" width="32" height="40" fill="${skin}"/>
    <ellipse cx="100" cy="104" rx="${wide}" ry="${long}" fill="${skin}"/>
    ${beard ? `<path d="M${101 - wide} 112 A ${wide} ${long - 4} 0 0 0 ${99 + wide} 112 Q100 138 ${101 - wide} 112" fill="${hair}"/>` : ""}
    <path d="${hairline}" fill="${hair}"/>
    <g fill="#1d1d1d"><ellipse cx="${100 - eyes + turn}" cy="98" rx="4.5" ry="5"/><ellipse cx="${100 + eyes + turn}" cy="98" rx="4.5" ry="5"/></g>
    ${frames}<path d="M${100 + turn} 104 l${turn / 2 + 3} 18 l-9 1" fill="none" stroke="#00000055" stroke-width="3"/>
    <path d="M${86 + turn} 136 q14 ${6 + random() * 8} 28 0" fill="none" stroke="#8a3a34" stroke-width="5" stroke-linecap="round"/>
    <rect width="200" height="200" fill="#0a1420" opacity="${1 - dim}"/></svg>`;
  return (await sharp(Buffer.from(svg)).jpeg({ quality: 85 }).toBuffer()).toString("base64");
}
