import type { Box } from "../../domain/face.ts";
import { createDice } from "../random.ts";
import { drawFigure } from "./figure.ts";
import { toLook } from "./look.ts";
import { toPose } from "./pose.ts";
import { type CameraName, SCENES } from "./scenes.ts";

/** Pixels of a frame, and how many of them a scene's unit has. */
export const FRAME = { width: 1280, height: 720 } as const;
const PIXELS = 4;
/** Between the middles of two people who stand side by side, and how far from the middle of the frame somebody strays. */
const APART = 78;
const STRAY = 34;
/** How large a portrait's square is in the scene, for who stands near and who stands far. */
const NEAR = 88;
const FAR = 68;
/** The part of that square that a face's picture shows. */
const PORTRAIT = { inset: 0.08, size: 0.84 } as const;

/** One moment at a camera. */
export interface Moment {
  readonly camera: CameraName;
  /** Ids of who is there, left to right; each one once. */
  readonly who: readonly string[];
  /** Words that tell this visit, and this moment in it, from all others. */
  readonly visit: string;
  readonly shot: string;
  /** Infrared. */
  readonly night?: boolean;
}

/** A frame as SVG, and where in it the faces are, in pixels. */
export interface DrawnFrame {
  readonly svg: string;
  readonly night: boolean;
  readonly faces: readonly { readonly who: string; readonly box: Box; readonly portrait: Box }[];
}

/** What a camera sees at a moment; the same moment gives the same frame. */
export function drawFrame({ camera, who, visit, shot, night = false }: Moment): DrawnFrame {
  const dice = createDice("frame", camera, visit, shot, ...who);
  const stray = who.length > 2 ? STRAY / 3 : STRAY;
  const middle = 160 + dice.between(-stray, stray);
  const placed = who.map((id, at) => {
    const look = toLook(id);
    const side = (dice.between(FAR, NEAR) * (1 + look.height)) / 2 - (who.length - 1) * 4;
    const x = middle + (at - (who.length - 1) / 2) * APART - side / 2;
    const y = 22 + (1 - look.height) * 110 + dice.between(-6, 8);
    const figure = drawFigure(look, toPose(id, visit, shot), String(at));
    const inScene = `<g transform="translate(${x} ${y}) scale(${side / 100})">${figure.svg}</g>`;
    const toPixels = (part: Box): Box => ({
      x: Math.round((x + (part.x * side) / 100) * PIXELS),
      y: Math.round((y + (part.y * side) / 100) * PIXELS),
      width: Math.round(((part.width * side) / 100) * PIXELS),
      height: Math.round(((part.height * side) / 100) * PIXELS),
    });
    const portrait = { x: 100 * PORTRAIT.inset, y: 100 * PORTRAIT.inset, width: 84, height: 84 };
    return { inScene, face: { who: id, box: toPixels(figure.face), portrait: toPixels(portrait) } };
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${FRAME.width}" height="${FRAME.height}" viewBox="0 0 320 180">
${SCENES[camera]}${placed.map(({ inScene }) => inScene).join("")}${drawLight(visit, night)}</svg>`;
  return { svg, night, faces: placed.map(({ face }) => face) };
}

/** Light falls in from one side, all visit long; at night from the camera. */
function drawLight(visit: string, night: boolean): string {
  const dice = createDice("light", visit);
  const [from, to] = dice.odds(0.5) ? [0, 1] : [1, 0];
  const [bright, dark] = [dice.between(0.04, 0.22), dice.between(0.1, 0.36)];
  const side = `<linearGradient id="light" x1="${from}" x2="${to}" y1="0" y2=".7"><stop stop-color="#fff" stop-opacity="${bright}"/><stop offset=".5" stop-color="#000" stop-opacity="0"/><stop offset="1" stop-color="#0a1420" stop-opacity="${dark}"/></linearGradient>`;
  const lamp = `<radialGradient id="light" r=".72"><stop offset=".3" stop-color="#fff" stop-opacity=".14"/><stop offset="1" stop-color="#000" stop-opacity=".72"/></radialGradient>`;
  return `<defs>${night ? lamp : side}</defs><path d="M0 0h320v180H0z" fill="url(#light)"/>`;
}
