import { describe, expect, it } from "vitest";
import { buildModels, SFACE_MODEL } from "../../../src/domain/model.ts";
import { distance, toLength } from "../../../src/domain/vectors/encoding.ts";
import { lengthOf } from "../../../src/domain/vectors/mean.ts";
import { isEmpty, toDifference, toEdit } from "../../../src/registry/format/difference.ts";
import { NO_EXTRAS, toRegistryData, toRegistryJson, toRegistryText } from "../../../src/registry/format/format.ts";
import { parseRegistry } from "../../../src/registry/format/parse.ts";
import type { RegistryPerson } from "../../../src/store/port.ts";
import { makeEncoding, makeRandom, makeSface } from "../../make/encoding.ts";

const models = buildModels({ wide: { dimension: 512, threshold: 1.2 } });
const wide = (seed: number): Float32Array => {
  const random = makeRandom(seed);
  return toLength(
    Float32Array.from({ length: 512 }, () => random() - 0.5),
    0.5,
  );
};
const look = (id: number, encoding: Float32Array, model: string) => ({
  id,
  encoding,
  source: `${id}.jpg`,
  sources: [`${id}.jpg`, "more.jpg"],
  count: id + 1,
  model,
});
const anna: RegistryPerson = {
  personId: "anna",
  name: "Anna",
  encodings: [look(1, makeEncoding(1), "dlib"), look(2, makeSface(2), "sface"), look(3, wide(3), "wide")],
};

type Entry = Record<string, unknown>;
type File = { people: Record<string, { embeddings: Entry[]; other_embeddings?: Entry[] }> };
const fileOf = (people: readonly RegistryPerson[]) => JSON.parse(toRegistryText(people, NO_EXTRAS)) as File;
function read(file: object) {
  const { data, problems } = parseRegistry(JSON.stringify(file), models);
  if (problems) throw new Error(problems.join());
  return data;
}

describe("encodings of several models in the file", () => {
  it("say their model unless it is dlib; only those of 128 numbers stand where other programs look", () => {
    const person = fileOf([anna]).people.Anna;
    expect(person?.embeddings.map((one) => [one.id, one.model])).toEqual([
      [1, undefined],
      [2, "sface"],
    ]);
    expect(person?.other_embeddings?.map((one) => [one.id, one.model])).toEqual([[3, "wide"]]);
    expect(fileOf([anna])).toEqual(toRegistryJson([anna]));
    expect(toDifference(toRegistryData([anna]), read(fileOf([anna]))).size).toBe(0);
  });

  it("are taken in by length and model, and scaled to it", () => {
    const unit = [...makeSface(5)].map((value) => value * 4);
    const data = read({ people: { Bob: { embeddings: [{ encoding: unit, model: "sface" }] } } });
    const [added] = toEdit(toDifference(toRegistryData([]), data), []).addedPeople;
    expect(added?.encodings[0]).toMatchObject({ model: "sface", count: 1, sources: [] });
    expect(lengthOf(added?.encodings[0]?.encoding as Float32Array)).toBeCloseTo(SFACE_MODEL.length as number, 5);
    expect(distance(added?.encodings[0]?.encoding as Float32Array, makeSface(5))).toBeLessThan(1e-5);
    const wrong = { people: { Bob: { embeddings: [], other_embeddings: [{ encoding: [1, 2], model: "wide" }] } } };
    expect(parseRegistry(JSON.stringify(wrong), models).problems).toEqual([
      'is wrong at people["Bob"].other_embeddings[0]: it must have 512 numbers of the model wide, has 2',
    ]);
    expect(
      parseRegistry(JSON.stringify({ people: { Bob: { embeddings: [{ encoding: [1, 2] }] } } }), models),
    ).toMatchObject({
      problems: ['is wrong at people["Bob"].embeddings[0]: it must have 128 numbers, has 2'],
    });
  });

  it("of a model that nothing describes are kept, if they have one length", () => {
    const entry = (numbers: number[]) => ({ encoding: numbers, model: "other" });
    const data = read({ people: { Bob: { embeddings: [], other_embeddings: [entry([3, 4])] } } });
    expect(data.people[0]?.encodings).toMatchObject([{ model: "other", encoding: Float32Array.of(3, 4) }]);
    const two = { people: { Bob: { embeddings: [], other_embeddings: [entry([3, 4]), entry([1])] } } };
    expect(parseRegistry(JSON.stringify(two), models).problems?.join()).toContain(
      "must have 2 numbers of the model other",
    );
  });

  it("keep model, count and sources where another program dropped our keys, and printed fewer digits", () => {
    const file = fileOf([anna]);
    const plain = (entry: Entry) => ({
      source: entry.source,
      encoding: (entry.encoding as number[]).map((value) => Number(value.toFixed(6))),
    });
    const embeddings = file.people.Anna?.embeddings.map(plain) ?? [];
    const dropped = read({ people: { Anna: { embeddings } } });
    expect(isEmpty(toEdit(toDifference(toRegistryData([anna]), dropped), [anna]))).toBe(true);

    const empty = read({
      people: { Anna: { embeddings: embeddings.map((one) => ({ ...one, model: null })), other_embeddings: null } },
    });
    expect(isEmpty(toEdit(toDifference(toRegistryData([anna]), empty), [anna]))).toBe(true);

    const moved = read({
      people: { Anna: { embeddings: embeddings.slice(0, 1) }, Bob: { embeddings: embeddings.slice(1) } },
    });
    const edit = toEdit(toDifference(toRegistryData([anna]), moved), [anna]);
    expect(edit.removedEncodings).toEqual([2]);
    expect(edit.addedPeople).toMatchObject([
      { name: "Bob", encodings: [{ model: "sface", count: 3, sources: ["2.jpg", "more.jpg"] }] },
    ]);
  });

  it("that stand beside are removed where the list lacks them, not where a program dropped the list", () => {
    const base = toRegistryData([anna]);
    const { embeddings } = fileOf([anna]).people.Anna ?? { embeddings: [] };
    expect(toDifference(base, read({ people: { Anna: { embeddings } } })).size).toBe(0);
    const without = read({ people: { Anna: { embeddings, other_embeddings: [] } } });
    expect(toEdit(toDifference(base, without), [anna]).removedEncodings).toEqual([3]);
    expect(toEdit(toDifference(base, read({ people: { Anne: { embeddings } } })), [anna]).renamedPeople).toEqual([
      { personId: "anna", name: "Anne" },
    ]);
  });

  it("are different ones where they are said to be of different models", () => {
    const file = fileOf([anna]);
    const [, second] = file.people.Anna?.embeddings ?? [];
    if (second) second.model = "dlib";
    const edit = toEdit(toDifference(toRegistryData([anna]), read(file)), [anna]);
    expect(edit.removedEncodings).toEqual([2]);
    expect(edit.addedEncodings).toMatchObject([{ encoding: { model: "dlib" } }]);
  });
});
