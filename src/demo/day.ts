import type { CameraName } from "./drawn/scenes.ts";
import { createDice } from "./random.ts";

/** The people who come and go every day. These are ids, not names: people are named in the panel. */
export const REGULARS = [
  "mother",
  "father",
  "daughter",
  "son",
  "grandmother",
  "courier",
  "neighbour",
  "walker",
  "friend",
] as const;
type Regular = (typeof REGULARS)[number];

/** When the first visit begins and the last one ends, in minutes after midnight. */
export const DAY = { begins: 7 * 60, ends: 23 * 60 } as const;
/** Duration of a day at pace 1: short enough that every regular is seen at least once a minute. */
export const DAY_SECONDS = 180;
/** From then on the cameras see infrared, in minutes after midnight. */
const DARK = 21 * 60;
/** Most minutes between a visit and its planned time. */
const JITTER = 6;
/** Seconds between two pictures at a camera, and on the way to the next one. */
const PICTURE_SECONDS = 0.8;
const WAY_SECONDS = 3;

/** People pass one or more cameras together. */
export interface Visit {
  /** Unique in the whole demo. */
  readonly id: string;
  /** Minutes after midnight. */
  readonly at: number;
  readonly who: readonly string[];
  readonly night: boolean;
  readonly pictures: readonly Picture[];
}

export interface Picture {
  readonly camera: CameraName;
  readonly shot: string;
  /** Seconds after the visit's begin. */
  readonly after: number;
}

/** `stranger`: a person who is never seen again. */
type Plan = readonly [time: string, who: readonly (Regular | "stranger")[], way: readonly CameraName[]];

/** Every regular comes at least every five hours of the day, see {@link DAY_SECONDS}. */
const PLAN: readonly Plan[] = [
  ["07:10", ["father"], ["garage", "driveway"]],
  ["07:20", ["mother"], ["garden"]],
  ["07:35", ["daughter", "son"], ["front_door", "driveway"]],
  ["08:00", ["mother"], ["front_door", "driveway"]],
  ["08:20", ["courier"], ["front_door"]],
  ["08:40", ["walker"], ["driveway"]],
  ["09:00", ["grandmother"], ["driveway", "front_door"]],
  ["09:20", ["friend"], ["garden"]],
  ["09:35", ["neighbour"], ["garden"]],
  ["10:00", ["stranger"], ["front_door"]],
  ["10:50", ["mother"], ["driveway", "front_door"]],
  ["11:10", ["father"], ["garage"]],
  ["11:40", ["daughter", "son"], ["driveway", "front_door"]],
  ["11:55", ["stranger"], ["driveway"]],
  ["12:10", ["courier"], ["front_door"]],
  ["12:40", ["grandmother", "son"], ["garden"]],
  ["12:55", ["walker"], ["driveway"]],
  ["13:15", ["friend", "mother"], ["front_door"]],
  ["13:35", ["neighbour"], ["garden"]],
  ["14:10", ["stranger"], ["garden"]],
  ["14:40", ["mother"], ["garden"]],
  ["15:20", ["father"], ["driveway", "garage"]],
  ["15:40", ["daughter", "son"], ["garden"]],
  ["16:05", ["stranger"], ["front_door"]],
  ["16:20", ["courier"], ["front_door"]],
  ["16:35", ["grandmother"], ["garden"]],
  ["17:00", ["walker"], ["driveway"]],
  ["17:15", ["neighbour", "mother"], ["driveway"]],
  ["17:35", ["friend", "daughter"], ["front_door", "garden"]],
  ["18:10", ["mother"], ["front_door"]],
  ["18:40", ["father", "son"], ["garage"]],
  ["19:10", ["stranger"], ["driveway"]],
  ["19:25", ["daughter"], ["front_door"]],
  ["20:00", ["father", "mother", "daughter"], ["garden"]],
  ["20:20", ["courier"], ["front_door"]],
  ["20:40", ["grandmother"], ["front_door", "driveway"]],
  ["21:05", ["son"], ["garden"]],
  ["21:15", ["walker"], ["driveway"]],
  ["21:25", ["neighbour"], ["front_door"]],
  ["21:45", ["friend"], ["driveway"]],
  ["22:20", ["father"], ["garage"]],
  ["22:35", ["stranger"], ["garden"]],
  ["22:50", ["daughter"], ["front_door", "driveway"]],
];

/**
 * The visits of a day in order, determined by `seed` and `day`. No two days are quite alike.
 * @param most most pictures that a camera takes of a passing person.
 */
export function planDay({ seed, day, most }: { seed: string; day: string; most: number }): Visit[] {
  const visits = PLAN.map(([time, who, way], at): Visit => {
    const id = `${day}-${at + 1}`;
    const dice = createDice(seed, "visit", id);
    const minutes = toMinutes(time) + dice.between(-JITTER, JITTER);
    return {
      id,
      at: minutes,
      who: who.map((one) => (one === "stranger" ? `stranger ${seed} ${id}` : one)),
      night: minutes >= DARK,
      pictures: way.flatMap((camera, step) =>
        Array.from({ length: 1 + Math.floor(dice.between(0, most)) }, (_, shot) => ({
          camera,
          shot: `${step + 1}-${shot + 1}`,
          after: step * WAY_SECONDS + shot * PICTURE_SECONDS,
        })),
      ),
    };
  });
  return visits.sort((a, b) => a.at - b.at);
}

function toMinutes(time: string): number {
  const [hours, minutes] = time.split(":").map(Number) as [number, number];
  return hours * 60 + minutes;
}
