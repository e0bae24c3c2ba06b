import type { ChangeDeps } from "../../undo/change-steps.ts";
import type { Recorder } from "../../undo/recorder.ts";
import type { FaceOfEncoding } from "../enrolment.ts";
import { createCorrectionLooks } from "./correction-looks.ts";

/** A face that is said to be someone else's than it was. */
export interface CorrectedFace extends FaceOfEncoding {
  /** Ref of the person whom it is assigned to. */
  readonly person: number | null;
  readonly encodingRef: number | null;
}

/**
 * Gives faces to a person, out of the people who have them; `addLook`: their mean is one of the few looks that corrections give.
 * @param faces of one model, none of them the person's
 */
export type GiveCorrected = (
  faces: readonly CorrectedFace[],
  personRef: number,
  addLook: boolean,
  recorder: Recorder,
) => void;

export function createGiveCorrected({ connection, enrolment, steps }: ChangeDeps): GiveCorrected {
  const looks = createCorrectionLooks(connection, enrolment);
  return (faces, personRef, addLook, recorder) => {
    steps.takeOut(
      faces.filter((face) => face.person !== null),
      recorder,
    );
    const look = addLook && faces.length > 0 ? looks.add(personRef, enrolment.toLook(faces)) : null;
    if (look !== null) recorder.encodingMade(look);
    steps.give(
      faces.map((face) => face.id),
      personRef,
      look,
      recorder,
    );
    const surplus = look === null ? null : looks.surplus(personRef, look);
    if (surplus === null) return;
    recorder.encoding(surplus);
    recorder.faces(enrolment.facesOf(surplus).map((face) => face.id));
    enrolment.drop(surplus);
  };
}
