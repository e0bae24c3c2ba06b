import { expect, it } from "vitest";
import { meanEncoding } from "../../src/domain/vectors/encoding.ts";
import { buildGallery } from "../../src/recognize/gallery.ts";
import { suggest } from "../../src/recognize/suggest.ts";
import { makeEncoding, makeNear } from "../make/encoding.ts";
import { counted, makeGalleryPerson } from "../make/gallery.ts";

const anna = makeEncoding(1);
const gallery = buildGallery([makeGalleryPerson("Anna", [counted(anna, 10)])], []);
const faces = [1, 2, 3, 4].map((seed) => makeNear(anna, 0.2, seed));
const group = { mean: meanEncoding(faces), size: 4, notPeople: [] };

it("is sure of a group whose faces all are near the person, but not when it seems to show two people", () => {
  const split = [
    [1, 2],
    [3, 4],
  ] as const;
  expect(suggest({ ...group, split: null }, faces, gallery, 0.6)).toMatchObject({ person: "Anna", level: "sure" });
  expect(suggest({ ...group, split }, faces, gallery, 0.6)).toMatchObject({ person: "Anna", level: "perhaps" });
});

it("suggests no person whom a user said it is not", () => {
  expect(suggest({ ...group, notPeople: ["anna"] }, faces, gallery, 0.6)).toBeNull();
});
