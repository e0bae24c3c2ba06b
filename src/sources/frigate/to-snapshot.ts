import type { Box } from "../../domain/face.ts";
import type { Snapshot, Subject, TrackedEvent } from "../../domain/pictures/snapshot.ts";
import type { FrigateCamera } from "./frigate-config.ts";
import type { DetectBox, PersonMessage } from "./messages.ts";

/** A picture that was fetched for someone whom Frigate tracks. */
export interface FetchedPicture {
  readonly bytes: Uint8Array;
  /** null: just now. */
  readonly takenAt: Date | null;
  readonly person: Pick<PersonMessage, "id" | "camera" | "zones" | "subLabel" | "box">;
  /** Whom else the camera saw. */
  readonly others: readonly PersonMessage[];
}

/** Of a picture of one face: no other can be in it. */
export const toCropSnapshot = ({ bytes, takenAt, person }: Omit<FetchedPicture, "others">): Snapshot => ({
  camera: person.camera,
  picture: bytes,
  capturedAt: takenAt,
  ...toTrackedEvent(person),
  history: false,
});

/**
 * Of a whole picture, with where everybody is in it. Where that is not known, the picture has an event only if no one else is
 * there.
 */
export function toWholeSnapshot(picture: FetchedPicture, detect: FrigateCamera["detect"]): Snapshot {
  const { person, others } = picture;
  const snapshot = toCropSnapshot(picture);
  const everybody = [person, ...others.filter(({ id }) => id !== person.id)];
  const subjects = detect ? everybody.flatMap((one) => toSubject(one, detect) ?? []) : [];
  if (subjects.length === everybody.length) return { ...snapshot, subjects };
  return everybody.length === 1 ? snapshot : { ...snapshot, eventId: null, zones: [], subLabel: null };
}

const toTrackedEvent = ({ id, zones, subLabel }: FetchedPicture["person"]): TrackedEvent => ({
  eventId: id,
  zones,
  subLabel,
});

function toSubject(person: FetchedPicture["person"], detect: NonNullable<FrigateCamera["detect"]>): Subject | null {
  return person.box === null ? null : { ...toTrackedEvent(person), area: toArea(person.box, detect) };
}

/** In fractions of the detect stream, which shows the same as the main stream. */
function toArea([left, top, right, bottom]: DetectBox, { width, height }: { width: number; height: number }): Box {
  return { x: left / width, y: top / height, width: (right - left) / width, height: (bottom - top) / height };
}
