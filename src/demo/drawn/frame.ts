import type { Box } from "../../domain/face.ts";
import { createDice } from "../random.ts";
import { drawFigure } from "./figure.ts";
import { drawLight, toLight } from "./light.ts";
import { toLook } from "./look.ts";
import { toPose } from "./pose.ts";
import { type CameraName, SCENES } from "./scenes.ts";

/** Size of a frame in pixels. */
export const FRAME = { width: 1280, height: 720 } as const;
/** Pixels per unit of a scene. */
const PIXELS = 4;
/** Distance between the centres of two people side by side. */
const APART = 78;
/** Most distance of a group from the centre of the frame. */
const STRAY = 34;
/** Size of a figure's square in the scene, for people near and far. */
const NEAR = 88;
const FAR = 68;
/** The part of that square that a portrait shows, in hundredths. */
const PORTRAIT = { x: 8, y: 8, width: 84, height: 84 } as const;

/** One moment at a camera. */
export interface Moment {
  readonly camera: CameraName;
  /** Ids of the people, left to right; each one once. */
  readonly who: readonly string[];
  /** Unique name of the visit. */
  readonly visit: string;
  /** Unique name of the picture within the visit. */
  readonly shot: string;
  /** Infrared. */
  readonly night?: boolean;
}

/** A frame as SVG, and the faces' boxes in pixels. */
export interface DrawnFrame {
  readonly svg: string;
  readonly night: boolean;
  readonly faces: readonly { readonly who: string; readonly box: Box; readonly portrait: Box }[];
}

/** Draws what a camera sees; the same moment gives the same frame. */
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
    faces: placed.map((figure, at) => ({
      who: who[at] as string,
      box: toPixels(figure.face, figure),
      portrait: toPixels(PORTRAIT, figure),
    })),
  };
}

/** A part of a figure's square, in pixels of the frame. */
function toPixels({ x, y, width, height }: Box, square: { x: number; y: number; scale: number }): Box {
  const unit = square.scale * PIXELS;
  return {
    x: Math.round(square.x * PIXELS + x * unit),
    y: Math.round(square.y * PIXELS + y * unit),
    width: Math.round(width * unit),
    height: Math.round(height * unit),
  };
}
