import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildModels } from "../../../src/domain/model.ts";
import { parseRegistry } from "../../../src/registry/format/parse.ts";
import { makeEncoding } from "../../make/encoding.ts";
import { GARBAGE } from "../garbage.ts";

const numbers = [...makeEncoding(1)];
const valid = JSON.stringify({ people: { Anna: { embeddings: [{ source: "a.jpg", encoding: numbers }] } } });

describe("reading a registry file's text", () => {
  it.each(GARBAGE.filter(([, , message]) => !message.test("is not UTF-8")))(
    "refuses %s, saying why",
    (_what, bytes, message) => {
      const { data, problems } = parseRegistry(Buffer.from(bytes).toString("utf8"), buildModels());
      expect(data).toBeNull();
      expect(problems?.join("; ")).toMatch(message);
    },
  );

  it("reports the first ten problems and how many more there are", () => {
    const people = Object.fromEntries(Array.from({ length: 15 }, (_, i) => [`P${i}`, {}]));
    const { problems } = parseRegistry(JSON.stringify({ people }), buildModels());
    expect(problems).toHaveLength(11);
    expect(problems?.at(-1)).toBe("and 5 more problems");
  });

  it("never repeats a number of an encoding in what it reports", () => {
    const broken = valid.replace(String(numbers[3]), `${numbers[3]}x`);
    expect(parseRegistry(broken, buildModels()).problems?.join()).not.toContain(String(numbers[3]).slice(0, 6));
  });

  it("takes hostile keys as keys and leaves the prototype of all objects alone", () => {
    const text = `{"__proto__":{"polluted":1},"people":{"__proto__":{"embeddings":[],"constructor":2}}}`;
    const { data } = parseRegistry(text, buildModels());
    expect(data?.people.map((one) => one.name)).toEqual(["__proto__"]);
    expect(data?.extras).toEqual([["__proto__", { polluted: 1 }]]);
    expect("polluted" in {}).toBe(false);
  });

  it("takes strings that look like keys, and equal keys in different objects", () => {
    const text = `{"people":{},"a":{"x":1},"b":{"x":"x"},"c":["x","x",{"x":"\\"x\\":"}]}`;
    expect(parseRegistry(text, buildModels()).problems).toBeNull();
  });

  it("answers for any damage to a valid file, without throwing", () => {
    const bytes = Buffer.from(valid);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 6 }),
        fc.nat(bytes.length),
        (flips, end) => {
          const damaged = Buffer.from(bytes);
          for (const [at, value] of flips) damaged[at] = value;
          const { data, problems } = parseRegistry(damaged.subarray(0, end).toString("utf8"), buildModels());
          expect(data === null).toBe(problems !== null);
        },
      ),
      { numRuns: 500 },
    );
  });
});
