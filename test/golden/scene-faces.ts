import { readFileSync } from "node:fs";
import { join } from "node:path";
import { makeEncoding } from "../make/encoding.ts";

const PICTURE = readFileSync(join(import.meta.dirname, "../helpers/grey.jpg"));
const MINUTE_MS = 60_000;

/** How far a sister's face is from Anna's: no match, but not far either. */
const SISTER = 0.7;

type Json = Readonly<Record<string, unknown>>;

/** A message as a camera publishes it. */
export interface SceneMessage {
  readonly topic: string;
  readonly payload: Json | string;
}

const ANNA = makeEncoding(1_000);

/** Moved along axes of its own, so that every distance is exact: `[axis, by]`. */
function move(encoding: Float32Array, ...steps: readonly (readonly [number, number])[]): number[] {
  const moved = Float32Array.from(encoding);
  for (const [axis, by] of steps) moved[axis] = (moved[axis] as number) + by;
  return [...moved];
}

/** So many photos of everybody, each a little different. */
export const LOOKS = {
  anna: (photo: number) => move(ANNA, [photo, 0.1 + photo / 100]),
  anja: (photo: number) => move(ANNA, [64, SISTER], [photo + 20, 0.1 + photo / 100]),
  between: () => move(ANNA, [64, SISTER / 2]),
  bob: (photo: number) => move(makeEncoding(2_000), [photo, 0.1 + photo / 100]),
  eve: (photo: number) => move(makeEncoding(3_000), [photo, 0.1 + photo / 100]),
  stranger: () => move(makeEncoding(4_000)),
} as const;

const thumbnail = PICTURE.toString("base64");
const box = { x: 30, y: 40, width: 120, height: 140 };
const at = (start: Date, minutes: number): string => new Date(start.getTime() + minutes * MINUTE_MS).toISOString();

const face = (camera: string, payload: Json): SceneMessage => ({ topic: `faces2mqtt/embedding/${camera}`, payload });

/** The first day: 6 of Anna, 4 of Bob, 3 of Anja, 2 of Eve and a stranger, some with all that a face can have. */
export function firstFaces(start: Date): SceneMessage[] {
  const door = (id: string, minutes: number, more: Json): SceneMessage =>
    face("front_door", { id, timestamp: at(start, minutes), ...more });
  return [
    door("anna-0", 0, { encoding: LOOKS.anna(0), source: "front_door/1.jpg", box, detection_score: 0.98 }),
    door("anna-1", 1, { embedding: LOOKS.anna(1), source: "front_door/gone.jpg", thumbnail, event_id: "camera-1" }),
    door("anna-2", 2, { encoding: LOOKS.anna(2) }),
    ...[3, 4, 5].map((i) => door(`anna-${i}`, i, { encoding: LOOKS.anna(i), box: [40, 150, 180, 30], thumbnail })),
    ...[0, 1, 2].map((i) =>
      face("any", {
        id: `bob-${i}`,
        camera: "Garten Süd",
        timestamp: at(start, 10 + i),
        encoding: LOOKS.bob(i),
        thumbnail,
      }),
    ),
    face("any", {
      id: "group",
      camera: "Garten Süd",
      timestamp: at(start, 20),
      source: "garden/group.jpg",
      event_id: "camera-2",
      faces: [
        { encoding: LOOKS.bob(3), box, thumbnail },
        { id: "anja-0", encoding: LOOKS.anja(0), box: { ...box, x: 160 }, thumbnail },
      ],
    }),
    ...[1, 2].map((i) => door(`anja-${i}`, 30 + i, { encoding: LOOKS.anja(i), thumbnail })),
    ...[0, 1].map((i) => door(`eve-${i}`, 40 + i, { encoding: LOOKS.eve(i), thumbnail })),
    // Neither id nor time: it is of now.
    face("hall", { encoding: LOOKS.stranger() }),
  ];
}

/** Once Anna, Anja and Bob are known, Eve is ignored, and there must be a margin. */
export function laterFaces(start: Date): SceneMessage[] {
  const door = (id: string, minutes: number, encoding: number[], more: Json = {}): SceneMessage =>
    face("front_door", { id, timestamp: at(start, minutes), encoding, thumbnail, ...more });
  return [
    door("anna-again", 60, LOOKS.anna(6), { event_id: "camera-3", source: "front_door/1.jpg", box }),
    // The same once more is no second face.
    door("anna-again", 60, LOOKS.anna(6)),
    face("front_door", { id: "anna-late", timestamp: "2020-01-01T00:00:00Z", encoding: LOOKS.anna(7), thumbnail }),
    door("between", 61, LOOKS.between()),
    door("eve-again", 62, LOOKS.eve(2)),
    face("any", { id: "bob-again", camera: "Garten Süd", timestamp: at(start, 63), encoding: LOOKS.bob(4), thumbnail }),
    door("stranger-again", 64, LOOKS.stranger()),
  ];
}

/** Everything that is refused for its own reason. */
export function badFaces(): SceneMessage[] {
  const bad = (payload: Json | string): SceneMessage => ({ topic: "faces2mqtt/embedding/broken", payload });
  return [
    bad("not JSON"),
    bad(""),
    bad({ id: "no encoding" }),
    bad({ encoding: [1, 2, 3] }),
    bad({ encoding: LOOKS.anna(0), timestamp: "yesterday" }),
    bad({ encoding: LOOKS.anna(0), box: { x: 1 } }),
    bad({ encoding: LOOKS.anna(0), camera: 7 }),
    bad({ faces: [] }),
    bad({
      faces: [
        { id: "one", encoding: LOOKS.anna(0) },
        { id: "one", encoding: LOOKS.bob(0) },
      ],
    }),
    bad({ encoding: LOOKS.anna(0), thumbnail: "not base64!" }),
  ];
}
