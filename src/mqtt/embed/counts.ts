import { GATES, type PictureFaces } from "../../domain/pictures/snapshot.ts";

/** What became of pictures. */
export interface Counts {
  readonly pictures: number;
  /** Faces that were published. */
  readonly faces: number;
  /** Pictures without a face that passed the gates. */
  readonly no_face: number;
  /** Faces that did not pass, by gate. */
  readonly refused: Readonly<Record<(typeof GATES)[number], number>>;
  /** Pictures that may have waited too long: their faces cause no event. */
  readonly waited: number;
  /** Pictures that came again. */
  readonly known: number;
  readonly rejected: number;
}

/** Counts, also since the last look. */
export function createCounts() {
  let total = none();
  let recent = none();
  const add = (some: Partial<Counts>): void => {
    total = sum(total, some);
    recent = sum(recent, some);
  };
  return {
    known: () => add({ known: 1 }),
    rejected: () => add({ rejected: 1 }),
    looked({ faces }: PictureFaces, waited: boolean): void {
      const passed = faces.filter((face) => face.failed === null).length;
      const refused = none().refused;
      for (const gate of GATES) refused[gate] = faces.filter((face) => face.failed === gate).length;
      add({ pictures: 1, faces: passed, no_face: passed === 0 ? 1 : 0, refused, waited: waited ? 1 : 0 });
    },
    get total(): Counts {
      return total;
    },
    /** Since the last call. */
    takeRecent(): Counts {
      const taken = recent;
      recent = none();
      return taken;
    },
  };
}

function none() {
  return {
    pictures: 0,
    faces: 0,
    no_face: 0,
    refused: { score: 0, size: 0, norm: 0 },
    waited: 0,
    known: 0,
    rejected: 0,
  };
}

function sum(a: Counts, b: Partial<Counts>): ReturnType<typeof none> {
  const refused = { ...a.refused };
  for (const gate of GATES) refused[gate] += b.refused?.[gate] ?? 0;
  return {
    pictures: a.pictures + (b.pictures ?? 0),
    faces: a.faces + (b.faces ?? 0),
    no_face: a.no_face + (b.no_face ?? 0),
    refused,
    waited: a.waited + (b.waited ?? 0),
    known: a.known + (b.known ?? 0),
    rejected: a.rejected + (b.rejected ?? 0),
  };
}
