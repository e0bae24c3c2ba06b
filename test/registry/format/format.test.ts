import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildModels } from "../../../src/domain/model.ts";
import { nameKey, toName } from "../../../src/domain/text/names.ts";
import { DIMENSION } from "../../../src/domain/vectors/encoding.ts";
import { bindExtras } from "../../../src/registry/format/extras.ts";
import { NO_EXTRAS, toRegistryText } from "../../../src/registry/format/format.ts";
import { parseRegistry } from "../../../src/registry/format/parse.ts";
import type { RegistryPerson } from "../../../src/store/port.ts";
import { makeEncoding } from "../../make/encoding.ts";

const encoding = fc
  .float32Array({ minLength: DIMENSION, maxLength: DIMENSION, noNaN: true, noDefaultInfinity: true })
  .filter((one) => one.some((value) => value !== 0));

const name = fc
  .oneof(
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }),
    fc.constantFrom("__proto__", "constructor", "embeddings", "people", '"', "\\", "O'Brien", "Łukasz", "e\u0301", "1"),
  )
  .filter((one) => {
    try {
      toName(one);
      return true;
    } catch {
      return false;
    }
  })
  .map(toName);

const people: fc.Arbitrary<RegistryPerson[]> = fc
  .uniqueArray(
    fc.record({
      name,
      encodings: fc.array(
        fc.record({
          encoding,
          source: fc.string({ unit: "binary" }),
          sources: fc.array(fc.string()),
          count: fc.integer({ min: 1, max: 1e6 }),
          model: fc.constant("dlib"),
        }),
        { maxLength: 3 },
      ),
    }),
    { selector: (one) => nameKey(one.name), maxLength: 5 },
  )
  .map((list) => {
    let id = 1;
    return list.map((one, i) => ({
      personId: `p${i}`,
      name: one.name,
      encodings: one.encodings.map((each) => ({ ...each, id: id++ })),
    }));
  });

const extraKeys = fc.uniqueArray(
  fc.tuple(
    fc
      .oneof(fc.string(), fc.constantFrom("__proto__", "toString", "version"))
      .filter((key) => !["people", "embeddings", "source", "encoding", "id", "sources", "count"].includes(key)),
    fc.jsonValue({ maxDepth: 3 }).map((value): unknown => JSON.parse(JSON.stringify(value))),
  ),
  { selector: ([key]) => key, maxLength: 3 },
);

describe("the registry file's text", () => {
  it("says everything again when read: names, floats bit by bit, sources, and the keys of others", () => {
    fc.assert(
      fc.property(people, extraKeys, extraKeys, extraKeys, (list, top, perPerson, perEncoding) => {
        const extras = {
          top,
          people: new Map(list.map((one) => [one.personId, perPerson])),
          encodings: new Map(list.flatMap((one) => one.encodings.map(({ id }) => [id, perEncoding]))),
        };
        const text = toRegistryText(list, extras);
        const { data, problems } = parseRegistry(text, buildModels());
        expect(problems).toBeNull();
        const read = new Map(data?.people.map((one) => [one.name, one]));
        expect(read.size).toBe(list.length);
        for (const person of list) {
          const again = read.get(person.name);
          expect(sorted(again?.extras)).toEqual(sorted(perPerson));
          expect(again?.encodings.length).toBe(person.encodings.length);
          person.encodings.forEach((one, i) => {
            const other = again?.encodings[i];
            expect(bits(other?.encoding)).toEqual(bits(one.encoding));
            expect(other).toMatchObject({ id: one.id, source: one.source, sources: one.sources, count: one.count });
            expect(sorted(other?.extras)).toEqual(sorted(perEncoding));
          });
        }
        expect(sorted(data?.extras)).toEqual(sorted(top));
        if (data) expect(toRegistryText(list, bindExtras(data, list))).toHaveLength(text.length);
      }),
      { numRuns: 200 },
    );
  });

  it("is what other programs expect: people by name, each with embeddings of source and encoding", () => {
    const vector = makeEncoding(1);
    const one = {
      id: 7,
      encoding: vector,
      source: "frames/a.jpg",
      sources: ["frames/a.jpg", "b.jpg"],
      count: 4,
      model: "dlib",
    };
    const text = toRegistryText([{ personId: "lukasz", name: "Łukasz", encodings: [one] }], NO_EXTRAS);
    const plain = JSON.parse(text);
    expect(Object.keys(plain)).toEqual(["people"]);
    expect(Object.keys(plain.people)).toEqual(["Łukasz"]);
    expect(Object.keys(plain.people.Łukasz)).toEqual(["embeddings"]);
    const [written] = plain.people.Łukasz.embeddings;
    expect(Float32Array.from(written.encoding)).toEqual(vector);
    expect(written).toMatchObject({ source: "frames/a.jpg", id: 7, sources: ["frames/a.jpg", "b.jpg"], count: 4 });
    expect(text).toContain('"Łukasz"');
  });

  it("prints floats short: 0.1 as 0.1, and a face's encoding a third shorter than doubles", () => {
    const vector = makeEncoding(1).fill(0.1, 0, 1);
    const person = {
      personId: "a",
      name: "A",
      encodings: [{ id: 1, encoding: vector, source: "", sources: [], count: 1, model: "dlib" }],
    };
    const text = toRegistryText([person], NO_EXTRAS);
    expect(text).toContain("[0.1, ");
    expect(text.length).toBeLessThan(JSON.stringify([...vector]).length * 0.7);
  });

  it("is the same for the same people in any order", () => {
    const one = (id: number) => ({ id, encoding: makeEncoding(id), source: "", sources: [], count: 1, model: "dlib" });
    const anna = { personId: "anna", name: "Anna", encodings: [one(1), one(2)] };
    const bob = { personId: "bob", name: "Bob", encodings: [] };
    const text = toRegistryText([anna, bob], NO_EXTRAS);
    expect(toRegistryText([bob, { ...anna, encodings: [one(2), one(1)] }], NO_EXTRAS)).toBe(text);
  });

  it("takes a file without our keys, with a byte order mark, and a name in another Unicode form", () => {
    const numbers = [...makeEncoding(1)];
    const text = `\ufeff${JSON.stringify({ people: { "Ane\u0301": { embeddings: [{ encoding: numbers }] } } })}`;
    const { data } = parseRegistry(text, buildModels());
    expect(data?.people[0]?.name).toBe("An\u00e9");
    expect(data?.people[0]?.encodings[0]).toMatchObject({
      id: null,
      source: "",
      sources: null,
      count: null,
      model: null,
    });
  });
});

function bits(vector: Float32Array | undefined): Uint32Array | undefined {
  return vector && new Uint32Array(vector.buffer, vector.byteOffset, vector.length);
}

// JSON.parse puts keys such as "1" first; what is kept is the keys and values, not their order.
function sorted(extras: readonly (readonly [string, unknown])[] | undefined): unknown {
  return extras?.toSorted(([a], [b]) => (a < b ? -1 : 1));
}
