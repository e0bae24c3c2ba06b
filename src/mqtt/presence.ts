import type { Clock } from "../domain/clock.ts";
import type { Face } from "../domain/face.ts";
import type { Candidate, RecognitionEvent } from "../domain/recognition.ts";
import { createExpiringMap } from "./expiring-map.ts";

export interface PresenceDeps {
  readonly ms: number;
  readonly clock: Clock;
  readonly onPersonEnd: (personId: string) => void;
  readonly onCameraEnd: () => void;
}

/**
 * Who is present, and whom each camera shows: by the sightings of the last time. A person who was seen twice stays present
 * when one of both turns out to be another person.
 */
export interface Presence {
  /** Delayed sightings make no person present; an ambiguous one shows no person, what the camera shows stays. */
  see(event: RecognitionEvent): void;
  isPresent(personId: string): boolean;
  /** Whom the camera shows; null: no person. */
  at(cameraId: string): Candidate | null;
  /** The faces that it goes by. */
  faceIds(): number[];
  /** Withdraws sightings whose face is not, or no longer, of the person. @param faces those of {@link faceIds} that there are */
  withdraw(faces: readonly Face[]): void;
  forget(personId: string): void;
  clear(): void;
}

interface Sighting {
  readonly personId: string;
  readonly faceId: number;
}

export function createPresence({ ms, clock, onPersonEnd, onCameraEnd }: PresenceDeps): Presence {
  /** By person and visit. */
  const sightings = createExpiringMap<Sighting>({ ms, clock, onEnd: (key) => onPersonEnd(toPersonId(key)) });
  const cameras = createExpiringMap<RecognitionEvent>({ ms, clock, onEnd: onCameraEnd });

  return {
    see(event) {
      const { who, cameraId, delayed, faceId, visitId } = event;
      if (delayed) return;
      if (who) sightings.set(toKey(who.personId, visitId ?? cameraId), { personId: who.personId, faceId });
      if (event.type !== "ambiguous") cameras.set(cameraId, event);
    },
    isPresent: (personId) => sightings.entries().some(([, sighting]) => sighting.personId === personId),
    at: (cameraId) => cameras.get(cameraId)?.who ?? null,
    faceIds: () => [
      ...sightings.entries().map(([, { faceId }]) => faceId),
      ...cameras.entries().map(([, { faceId }]) => faceId),
    ],
    withdraw(faces) {
      const byId = new Map(faces.map((face) => [face.id, face]));
      for (const [key, { personId, faceId }] of sightings.entries()) {
        if (!isOf(byId.get(faceId), personId)) sightings.delete(key);
      }
      for (const [cameraId, { who, faceId }] of cameras.entries()) {
        if (who && !isOf(byId.get(faceId), who.personId)) cameras.delete(cameraId);
      }
    },
    forget(personId) {
      for (const [key, sighting] of sightings.entries()) if (sighting.personId === personId) sightings.delete(key);
    },
    clear() {
      sightings.clear();
      cameras.clear();
    },
  };
}

// No id contains a line break.
const toKey = (personId: string, visit: string): string => `${personId}\n${visit}`;
const toPersonId = (key: string): string => key.slice(0, key.indexOf("\n"));

/** What a user said of a face counts for more than what it was recognized as. */
function isOf(face: Face | undefined, personId: string): boolean {
  if (!face) return false;
  return (face.personId ?? face.matched?.personId) === personId;
}
