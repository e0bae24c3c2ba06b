import { expect, it } from "vitest";
import { measureInThread } from "../../../src/recognize/figures/figures-thread.ts";
import { measureFigures } from "../../../src/recognize/figures/measure-figures.ts";
import { DLIB_SPREAD } from "../../../src/recognize/fit.ts";
import { makeEncoding, makeNear } from "../../make/encoding.ts";
import { makeGalleryPerson } from "../../make/gallery.ts";

it("measures away from the event loop, with the same result", async () => {
  const people = [1, 1_000].map((seed) => {
    const centre = makeEncoding(seed);
    return {
      person: makeGalleryPerson(`P${seed}`, [centre]),
      faces: [1, 2, 3].map((i) => ({ encoding: makeNear(centre, 0.4, i), look: null, visit: null })),
    };
  });
  const input = {
    model: "dlib",
    spread: DLIB_SPREAD,
    people,
    ignored: [],
    threshold: 0.6,
    margins: { classic: 0, careful: 0.05 },
    minFaces: 2,
  };
  expect(await measureInThread(input)).toEqual(measureFigures(input));
});

it("rejects what the thread cannot read", async () => {
  const person = { ...makeGalleryPerson("Anna", [makeEncoding(1)]), encodings: null };
  const broken: object = { people: [{ person, faces: [] }], ignored: [] };
  await expect(measureInThread(broken as Parameters<typeof measureInThread>[0])).rejects.toThrow();
});
