import type { Box } from "../../domain/face.ts";
import { createDice } from "../random.ts";
import { drawFigure } from "./figure.ts";
import { drawLight, toLight } from "./light.ts";
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
/** The part of that square that a face's picture shows, in hundredths. */
const PORTRAIT = { x: 8, y: 8, width: 84, height: 84 } as const;

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
export function drawFrame(moment: Moment): DrawnFrame {
  const { camera, who, visit, shot, night = false } = moment;
  const dice = createDice("frame", camera, visit, shot, ...who);
  const light = toLight(visit);
  const stray = who.length > 2 ? STRAY / 3 : STRAY;
  const middle = 160 + dice.between(-stray, stray);
  const placed = who.map((id, at) => {
    const look = toLook(id);
    const size = dice.between(FAR, NEAR) - (who.length - 1) * 4;
    const side = (size * (1 + look.height)) / 2;
    const x = middle + (at - (who.length - 1) / 2) * APART - side / 2;
    const y = 22 + (1 - look.height) * 110 + dice.between(-6, 8);
    const figure = drawFigure(look, toPose(id, visit, shot, light.side), String(at));
    return { svg: figure.svg, face: figure.face, x, y, scale: side / 100 };
  });
  const people = placed.map(({ svg, x, y, scale }) => `<g transform="translate(${x} ${y}) scale(${scale})">${svg}</g>`);
  return {
    svg: `<svg xmlns="http://www.w3.org/2000/svg" width="${FRAME.width}" height="${FRAME.height}" viewBox="0 0 320 180">
${SCENES[camera]}${people.join("")}${drawLight(light, night)}</svg>`,
    night,
    faces: placed.map((place, at) => ({
      who: who[at] as string,
      box: toPixels(place.face, place),
      portrait: toPixels(PORTRAIT, place),
    })),
  };
}

/** A part of somebody's square, where that stands in the scene. */
function toPixels({ x, y, width, height }: Box, place: { x: number; y: number; scale: number }): Box {
  const unit = place.scale * PIXELS;
  return {
    x: Math.round(place.x * PIXELS + x * unit),
    y: Math.round(place.y * PIXELS + y * unit),
    width: Math.round(width * unit),
    height: Math.round(height * unit),
  };
}
