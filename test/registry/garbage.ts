import { makeEncoding } from "../make/encoding.ts";

const numbers = [...makeEncoding(1)];
const withEncoding = (encoding: unknown) => people({ Anna: { embeddings: [{ source: "a.jpg", encoding }] } });
const withEntry = (entry: object) => people({ Anna: { embeddings: [{ encoding: numbers, ...entry }] } });

function people(value: unknown): string {
  return JSON.stringify({ people: value });
}

const valid = withEntry({});
const utf8 = (text: string) => Buffer.from(text, "utf8");

/** Contents that are no registry, each with what is reported about it. */
export const GARBAGE: readonly (readonly [what: string, bytes: Uint8Array, message: RegExp])[] = [
  ["nothing", utf8(""), /is empty/],
  ["only white space", utf8(" \n\t"), /is empty/],
  ["only a byte order mark", utf8("\ufeff"), /is empty/],
  ["half a file", utf8(valid.slice(0, valid.length / 2)), /is not JSON/],
  ["a file with the end of a longer one", utf8(`${valid}]}}`), /is not JSON/],
  ["two files in one", utf8(valid + valid), /is not JSON/],
  ["zero bytes", Buffer.alloc(4096), /is not JSON/],
  ["text", utf8("hello"), /is not JSON/],
  ["a Python print", utf8("{'people': {}}"), /is not JSON/],
  ["Latin-1", Buffer.from('{"people":{"J\xe9r\xf4me":{"embeddings":[]}}}', "latin1"), /is not UTF-8/],
  ["UTF-16", Buffer.from(`\ufeff${valid}`, "utf16le"), /is not UTF-8/],
  ["a JPEG", Buffer.from("ffd8ffe000104a464946", "hex"), /is not UTF-8/],
  ["null", utf8("null"), /must be a JSON object/],
  ["a list", utf8("[]"), /must be a JSON object/],
  ["a text", utf8('"people"'), /must be a JSON object/],
  ["no people", utf8("{}"), /"people"/],
  ["people in the prototype only", utf8('{"__proto__":{"people":{}}}'), /"people"/],
  ["people as a list", utf8(people([])), /"people"/],
  ["a person as null", utf8(people({ Anna: null })), /"embeddings"/],
  ["a person without embeddings", utf8(people({ Anna: {} })), /"embeddings"/],
  ["embeddings in the prototype only", utf8('{"people":{"Anna":{"__proto__":{"embeddings":[]}}}}'), /"embeddings"/],
  ["embeddings as an object", utf8(people({ Anna: { embeddings: {} } })), /"embeddings"/],
  ["an embedding as a list", utf8(people({ Anna: { embeddings: [numbers] } })), /embeddings\[0\]/],
  ["no encoding", utf8(people({ Anna: { embeddings: [{ source: "a.jpg" }] } })), /"encoding"/],
  ["127 numbers", utf8(withEncoding(numbers.slice(1))), /128 numbers, has 127/],
  ["512 numbers", utf8(withEncoding([...numbers, ...numbers, ...numbers, ...numbers])), /has 512/],
  ["texts for numbers", utf8(withEncoding(numbers.map(String))), /only numbers/],
  ["null among the numbers", utf8(withEncoding([null, ...numbers.slice(1)])), /only numbers/],
  ["NaN", utf8(withEncoding(numbers).replace(/\[-?[\d.]+/, "[NaN")), /is not JSON/],
  ["infinity", utf8(withEncoding(numbers).replace(/\[-?[\d.]+/, "[1e999")), /not finite/],
  ["more than float32 holds", utf8(withEncoding([1e39, ...numbers.slice(1)])), /not finite/],
  ["all zeros", utf8(withEncoding(numbers.map(() => 0))), /all zeros/],
  ["zero as float32", utf8(withEncoding(numbers.map(() => 1e-60))), /all zeros/],
  ["a number as source", utf8(withEntry({ source: 7 })), /"source"/],
  ["a text as sources", utf8(withEntry({ sources: "a.jpg" })), /"sources"/],
  ["a count of zero", utf8(withEntry({ count: 0 })), /"count"/],
  ["an empty name", utf8(people({ " ": { embeddings: [] } })), /at least one character/],
  ["a name with a line break", utf8(people({ "A\nB": { embeddings: [] } })), /control characters/],
  ["a name that runs backwards", utf8(people({ "A\u202eB": { embeddings: [] } })), /control characters/],
  ["a name of 65 characters", utf8(people({ ["x".repeat(65)]: { embeddings: [] } })), /at most 64/],
  ["a name twice ignoring case", utf8(people({ anna: { embeddings: [] }, Anna: { embeddings: [] } })), /same name/],
  [
    "a name in two Unicode forms",
    utf8(people({ "\u00e9": { embeddings: [] }, "e\u0301": { embeddings: [] } })),
    /same name/,
  ],
  ["a key twice", utf8('{"people":{"A":{"embeddings":[]},"A":{"embeddings":[]}}}'), /"A" twice/],
  ["a key twice, once escaped", utf8('{"people":{"A":{"embeddings":[]},"\\u0041":{"embeddings":[]}}}'), /"A" twice/],
  ["people twice", utf8('{"people":{},"people" :{}}'), /"people" twice/],
  ["very deep", utf8(`{"people":{},"x":${"[".repeat(1e5)}${"]".repeat(1e5)}}`), /deep/],
];
