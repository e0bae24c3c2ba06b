import { CHIN, drawBeard, drawEars, drawEyes, drawGlasses, drawMouth, drawNose, drawSkin } from "./features.ts";
import { drawBackHair, drawHairline } from "./hair.ts";
import type { Look } from "./look.ts";
import type { Pose } from "./pose.ts";

/** A standing person: SVG in a square of 100 for head and shoulders; the body extends below it. */
export interface Figure {
  readonly svg: string;
  /** The face in that square. */
  readonly face: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

/** The centre of the head's rotation and scaling. */
const NECK = [50, 90] as const;
/** The centre of the face and half its height, before the pose moves it. */
const FACE = { x: 50, y: 48, half: 32 } as const;

/** @param key unique within the picture. */
export function drawFigure(look: Look, pose: Pose, key: string): Figure {
  const { lean, scale, moved, lit, cloth } = pose;
  const head = toHead(look);
  const beard = drawBeard(look, pose);
  const onTop = look.beard === "moustache";
  const transform = `rotate(${lean} ${NECK[0]} ${NECK[1]}) translate(50 56) scale(${scale}) translate(${moved[0] - 50} ${moved[1] - 55})`;
  const posed = (svg: string): string => `<g transform="${transform}">${svg}</g>`;
  const svg = `<defs><clipPath id="head-${key}"><path d="${head}"/></clipPath></defs>
${posed(`${drawBackHair(look, pose)}<path d="M42 72h16l1 18q-9 8-18 0z" fill="${look.shade}"/>`)}
${drawBody(cloth)}
${posed(`${drawEars(look, pose)}<path d="${head}" fill="${look.shade}"/>
<g clip-path="url(#head-${key})"><path d="${head}" fill="${look.skin}" transform="translate(${lit * 4.5} -1.5)"/>
${drawSkin(look, pose)}${onTop ? "" : beard}</g>
${drawEyes(look, pose)}${drawNose(look, pose)}${drawMouth(look, pose)}${onTop ? beard : ""}
${drawHairline(look, pose)}${drawGlasses(look, pose)}`)}`;
  return { svg, face: toFace(look, pose) };
}

/** From the collar down, below any frame's edge. */
function drawBody(cloth: string): string {
  return `<path d="M0 420C2 165 6 140 10 112C14 95 28 91 41 88q9 8 18 0C72 91 86 95 90 112C94 140 98 165 100 420Z" fill="${cloth}"/>
<path d="M41 88q9 8 18 0l1.6 2q-10 9-21.2 0z" fill="#fff" opacity=".22"/>
<path d="M18 134q-3 30-3 90M82 134q3 30 3 90" stroke="#000" stroke-opacity=".16" stroke-width="2" fill="none"/>`;
}

function toHead({ width, jaw }: Look): string {
  const [left, right] = [50 - width, 50 + width];
  return `M${left} 48C${left} 13 ${right} 13 ${right} 48C${right} 63 ${50 + jaw} ${CHIN} 50 ${CHIN}C${50 - jaw} ${CHIN} ${left} 63 ${left} 48Z`;
}

/** The face as the pose has moved it. */
function toFace({ width }: Look, { lean, scale, moved }: Pose): Figure["face"] {
  const x = (FACE.x - 50 + moved[0]) * scale + 50 - NECK[0];
  const y = (FACE.y - 55 + moved[1]) * scale + 56 - NECK[1];
  const angle = (lean * Math.PI) / 180;
  const [middleX, middleY] = [
    NECK[0] + x * Math.cos(angle) - y * Math.sin(angle),
    NECK[1] + x * Math.sin(angle) + y * Math.cos(angle),
  ];
  const [halfWidth, halfHeight] = [(width + 3) * scale, FACE.half * scale];
  return { x: middleX - halfWidth, y: middleY - halfHeight, width: 2 * halfWidth, height: 2 * halfHeight };
}
