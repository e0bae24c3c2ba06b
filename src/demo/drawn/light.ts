import { createDice } from "../random.ts";

/** The light during a visit. */
export interface Light {
  /** The side it comes from: left −1, right 1. */
  readonly side: -1 | 1;
  /** How much brighter that side is, and how much darker the other one: opacities. */
  readonly bright: number;
  readonly dark: number;
}

export function toLight(visit: string): Light {
  const dice = createDice("light", visit);
  return { side: dice.odds(0.5) ? 1 : -1, bright: dice.between(0.04, 0.22), dark: dice.between(0.1, 0.36) };
}

/** An overlay of the whole scene; at night the light comes from the camera. */
export function drawLight({ side, bright, dark }: Light, night: boolean): string {
  const [from, to] = side === 1 ? [1, 0] : [0, 1];
  const day = `<linearGradient id="light" x1="${from}" x2="${to}" y1="0" y2=".7"><stop stop-color="#fff" stop-opacity="${bright}"/><stop offset=".5" stop-color="#000" stop-opacity="0"/><stop offset="1" stop-color="#0a1420" stop-opacity="${dark}"/></linearGradient>`;
  const lamp = `<radialGradient id="light" r=".72"><stop offset=".3" stop-color="#fff" stop-opacity=".14"/><stop offset="1" stop-color="#000" stop-opacity=".72"/></radialGradient>`;
  return `<defs>${night ? lamp : day}</defs><path d="M0 0h320v180H0z" fill="url(#light)"/>`;
}
