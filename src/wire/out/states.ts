import type { Person } from "../../domain/person.ts";
import type { Candidate } from "../../domain/recognition.ts";
import { toTime } from "./values.ts";

/** What is kept of a person's last sighting. */
interface LastSighting extends Person {
  readonly camera: string | null;
  readonly score: number | null;
  readonly distance: number | null;
  readonly lastSeen: Date | null;
}

/** The retained state of a person. */
export function toPersonStateJson(
  { name, personId, camera, score, distance, lastSeen }: LastSighting,
  present: boolean,
) {
  const presence = present ? "ON" : "OFF";
  return { person: name, person_id: personId, presence, camera, score, distance, last_seen: toTime(lastSeen) };
}

interface SeenCamera {
  readonly camera: string;
  readonly cameraId: string;
  readonly lastSeen: Date | null;
}

/** The retained state of a camera. @param who The person it shows now, by the name of now; null: none. */
export function toCameraStateJson({ camera, cameraId, lastSeen }: SeenCamera, who: Candidate | null) {
  return {
    camera,
    camera_id: cameraId,
    person: who?.person ?? null,
    person_id: who?.personId ?? null,
    score: who?.score ?? null,
    distance: who?.distance ?? null,
    last_seen: toTime(lastSeen),
  };
}
