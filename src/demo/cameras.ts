import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path/posix";
import { setTimeout as sleep } from "node:timers/promises";
import { DAY, type Picture, planDay, REGULARS, type Visit } from "./day.ts";
import { paintFrame } from "./drawn/paint.ts";
import { createMadePeople } from "./made-people.ts";
import { createDice } from "./random.ts";

export interface CamerasDeps {
  /** Resolves when the broker has acknowledged. */
  readonly publish: (camera: string, payload: string) => Promise<void>;
  /** Frames are written here, one folder a camera and day. */
  readonly framesDir: string;
  /** Other words make other people, and other days. */
  readonly seed: string;
  /** When aborted, nothing more is seen. */
  readonly stop: AbortSignal;
}

/** Four cameras and what finds faces on their pictures, as a pipeline in front of faces2mqtt. */
export interface Cameras {
  /** What they saw on so many days before today. Resolves with the faces' number when all are acknowledged. */
  publishPast(days: number): Promise<number>;
  /** One day of the household in so many seconds, seen now. */
  playDay(day: number, seconds: number): Promise<void>;
}

/** Smallest distance between regulars' means: nobody has to wonder in the first minute why two are one. */
const APART = 0.6;
/** Pictures of a pass, at most: of the past, and now. */
const MOST = { past: 2, now: 3 } as const;
/** Frames that are painted at the same time. */
const PAINTERS = 4;
const DIGITS = 7;

export function createCameras({ publish, framesDir, seed, stop }: CamerasDeps): Cameras {
  const people = createMadePeople(seed, { regulars: REGULARS, apart: APART });

  /** Paints, keeps the frame and publishes. */
  async function take(visit: Visit, { camera, shot }: Picture, at: Date): Promise<void> {
    const painted = await paintFrame({ camera, who: visit.who, visit: visit.id, shot, night: visit.night });
    const source = join(camera, toDay(at), `${visit.id}_${shot}.jpg`);
    await mkdir(dirname(join(framesDir, source)), { recursive: true });
    await writeFile(join(framesDir, source), painted.picture);
    const dice = createDice(seed, "detection", visit.id, shot);
    const faces = painted.faces.map(({ who, box, thumbnail }) => ({
      box,
      encoding: Array.from(people.look(who, `${visit.id} ${shot}`), (value) => Number(value.toPrecision(DIGITS))),
      detection_score: Number(dice.between(0.9, 1).toFixed(3)),
      thumbnail: thumbnail.toString("base64"),
    }));
    const frame = {
      id: `${camera}-${visit.id}-${shot}`,
      camera,
      timestamp: at.toISOString(),
      source: join("frames", source),
      event_id: visit.id,
    };
    await publish(camera, JSON.stringify(faces.length === 1 ? { ...frame, ...faces[0] } : { ...frame, faces }));
  }

  return {
    async publishPast(days) {
      const today = new Date();
      const all = Array.from({ length: days }, (_, i) => days - i).flatMap((ago) =>
        planDay({ seed, day: `before-${ago}`, most: MOST.past }).flatMap((visit) =>
          visit.pictures.map((picture) => ({ visit, picture, at: toTime(today, ago, visit.at, picture.after) })),
        ),
      );
      let next = 0;
      let faces = 0;
      const paint = async (): Promise<void> => {
        while (next < all.length && !stop.aborted) {
          const { visit, picture, at } = all[next++] as (typeof all)[number];
          await take(visit, picture, at);
          faces += visit.who.length;
        }
      };
      await Promise.all(Array.from({ length: PAINTERS }, paint));
      return faces;
    },

    async playDay(day, seconds) {
      const begin = performance.now();
      const perMinute = seconds / (DAY.ends - DAY.begins);
      const due = planDay({ seed, day: `day-${day}`, most: MOST.now })
        .flatMap((visit) =>
          visit.pictures.map((picture) => ({
            visit,
            picture,
            at: (visit.at - DAY.begins) * perMinute + picture.after,
          })),
        )
        .sort((a, b) => a.at - b.at);
      for (const { visit, picture, at } of due) {
        await sleep(Math.max(0, begin + at * 1000 - performance.now()), undefined, { signal: stop }).catch(ignore);
        if (stop.aborted) return;
        await take(visit, picture, new Date());
      }
      await sleep(Math.max(0, begin + seconds * 1000 - performance.now()), undefined, { signal: stop }).catch(ignore);
    },
  };
}

/** Local time of the day so many days ago. */
function toTime(today: Date, daysAgo: number, minutes: number, seconds: number): Date {
  const day = new Date(today.getFullYear(), today.getMonth(), today.getDate() - daysAgo);
  day.setHours(0, Math.floor(minutes), Math.round((minutes % 1) * 60 + seconds), 0);
  return day;
}

/** The folder of a day: its local date. */
function toDay(at: Date): string {
  return [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

/** A sleep ends early only by the signal, which is looked at afterwards. */
function ignore(): void {}
