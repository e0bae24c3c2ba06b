import { capitalNumber, faces, figure, number } from "./words.ts";

const rounded = (digits: number) => {
  const format = new Intl.NumberFormat("en-GB", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return (value: number): string => format.format(value);
};
const one = rounded(1);
const two = rounded(2);
const pictures = (n: number): string => `${figure(n)} ${n === 1 ? "picture" : "pictures"}`;
const people = (n: number): string => `${number(n)} ${n === 1 ? "person" : "people"}`;

/** The words of pictures that come in, and of new encodings. */
export const pictureWords = {
  title: "Pictures",
  hint: "Since the start.",
  none: "No picture yet",
  noneHint: "Faces are looked for in every picture that comes in.",
  taken: (n: number, found: number, without: number): string =>
    `${pictures(n)}, ${faces(found)}${without === 0 ? "" : `. ${figure(without)} without a face`}`,
  refused: (n: number) => `${faces(n)} not taken`,
  dropped: (n: number) => `${pictures(n)} came too fast and made room for newer ones`,
  failed: (n: number) => `${pictures(n)} could not be read`,
  why: "Why?",
  whyAt: (camera: string) => `Why faces at ${camera} were not taken`,
  whyTitle: (camera: string) => `Why was this not taken? ${camera}`,
  whyHint: "The last ones, kept for an hour and in memory only. They were neither stored nor compared.",
  whyNone: "None in the last hour: they are not kept longer.",
  reasons: {
    score: {
      title: "Perhaps no face",
      text: (value: number, needed: number) =>
        `The detector is ${two(value)} sure, ${two(needed)} is needed. Often a face from the side, or cut off by the edge.`,
    },
    size: {
      title: "Too small",
      text: (value: number, needed: number) => `${figure(Math.floor(value))} pixels, ${figure(needed)} are needed.`,
    },
    norm: {
      title: "Too blurred, too dark or turned away",
      text: (value: number, needed: number) =>
        `Its quality is ${one(value)}, ${one(needed)} is needed: such faces resemble one another.`,
    },
  },
  gates: {
    title: "What a face needs to be taken",
    now: (px: number) => `At least ${figure(px)} pixels, surely a face, and sharp enough to tell people apart.`,
    change: "Change what a face needs to be taken",
    text: "Lower takes more faces in, and more of them look like somebody else. Best left as it is.",
    fields: {
      score: (usual: number) => `Surely a face (0.5 to 1, usually ${two(usual)})`,
      size: (usual: number) => `Pixels at the shorter side (usually ${figure(usual)})`,
      norm: (usual: number) => `Quality (5 to 16, usually ${one(usual)})`,
    },
    save: "Save",
    saved: "Faces are taken by the new rule",
  },
  model: (name: string, workers: number) => `${name}, in ${number(workers)} ${workers === 1 ? "thread" : "threads"}`,
  modelTitle: "From picture to name",
  again: {
    title: (n: number) => `${capitalNumber(n)} ${n === 1 ? "person" : "people"} known only by older encodings`,
    hint: (model: string) =>
      `Faces in pictures are compared with encodings of ${model} only. New ones are made from pictures that are kept.`,
    start: "Make new ones",
    sheetTitle: (model: string) => `New encodings of ${model}`,
    can: (n: number, who: number) =>
      n === 0
        ? "None can be made: no picture is kept."
        : `They can be made of ${faces(n)} of ${people(who)}. The older ones stay.`,
    cannot: (n: number) => `Not of ${people(n)}:`,
    reason: (name: string, n: number, reason: string) => `${name}, ${faces(n)}: ${reason}`,
    go: "Make them",
    running: (done: number, all: number) => `New encodings are being made: ${figure(done)} of ${faces(all)}`,
    cancel: "Stop",
    done: (n: number) => `New encodings of ${people(n)} are in use`,
    failed: (why: string) => `New encodings could not be made: ${why}`,
    cancelled: "Stopped. What was made is kept for the next time.",
  },
};
