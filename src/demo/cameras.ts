import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path/posix";
import { setTimeout as sleep } from "node:timers/promises";
import PQueue from "p-queue";
import { DAY, type Picture, planDay, REGULARS, type Visit } from "./day.ts";
import { paintFrame } from "./drawn/paint.ts";
import { createMadePeople } from "./made-people.ts";
import { createDice } from "./random.ts";

export interface CamerasDeps {
  /** Resolves when the broker has acknowledged. */
  readonly publish: (camera: string, payload: string) => Promise<void>;
  /** Folder for frames, with a subfolder per camera and day. */
  readonly framesDir: string;
  /** Another text makes other people and days. */
  readonly seed: string;
  /** Ends both methods early. */
  readonly stop: AbortSignal;
}

/** Four cameras and the face detection behind them, as a pipeline in front of faces2mqtt. */
export interface Cameras {
  /** Publishes the faces of so many days before today. Resolves with their number when all are acknowledged. */
  publishPast(days: number): Promise<number>;
  /** Plays one day in so many seconds, publishing its faces as they are seen. */
  playDay(day: number, seconds: number): Promise<void>;
}

/** Smallest distance between regulars' means, so that discovery does not take two for one. */
const APART = 0.6;
/** Most pictures of a passing person. */
const MOST = { past: 2, now: 3 } as const;
/** Frames that are painted at the same time. */
const PAINTERS = 4;
const DIGITS = 7;

export function createCameras({ publish, framesDir, seed, stop }: CamerasDeps): Cameras {
  const people = createMadePeople(seed, { regulars: REGULARS, apart: APART });

  /** Paints a picture, writes the frame and publishes the faces. */
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
      let faces = 0;
      const paint = all.map(({ visit, picture, at }) => async () => {
        if (stop.aborted) return;
        await take(visit, picture, at);
        faces += visit.who.length;
      });
      await new PQueue({ concurrency: PAINTERS }).addAll(paint);
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

/** A local time on the day so many days ago. */
function toTime(today: Date, daysAgo: number, minutes: number, seconds: number): Date {
  const day = new Date(today.getFullYear(), today.getMonth(), today.getDate() - daysAgo);
  day.setHours(0, Math.floor(minutes), Math.round((minutes % 1) * 60 + seconds), 0);
  return day;
}

/** The local date as YYYY-MM-DD. */
function toDay(at: Date): string {
  return at.toLocaleDateString("sv-SE");
}

/** A sleep ends early only by the signal, which is checked afterwards. */
function ignore(): void {}
