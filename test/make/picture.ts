import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { SFACE_MODEL } from "../../src/domain/model.ts";
import {
  type Embedder,
  type FoundFace,
  type Gate,
  type Gates,
  PictureError,
  type PictureFaces,
  type Snapshot,
} from "../../src/domain/pictures/snapshot.ts";
import { toLength } from "../../src/domain/vectors/encoding.ts";
import { makeEncoding } from "./encoding.ts";

const GREY = readFileSync(resolve(import.meta.dirname, "../helpers/grey.jpg"));

/** A face that {@link makeEmbedder} finds: `who` decides its encoding. */
export interface DrawnFace {
  readonly who: number;
  readonly score?: number;
  readonly size?: number;
  readonly norm?: number;
}

let made = 0;

/**
 * A JPEG of a grey area that says after its end which faces are to be found in it; each is different from all before, unless
 * a number is given.
 */
export function makePicture(faces: readonly DrawnFace[] | "unreadable" = [], number = ++made): Buffer {
  return Buffer.concat([GREY, Buffer.from(`#${JSON.stringify({ faces, number })}`)]);
}

export function makeSnapshot(overrides: Partial<Snapshot> = {}): Snapshot {
  const about = { capturedAt: null, eventId: null, zones: [], subLabel: null, history: false };
  return { camera: "door", picture: makePicture([{ who: 1 }]), ...about, ...overrides };
}

/** An embedder without models, which finds what {@link makePicture} says. */
export interface FakeEmbedder extends Embedder {
  /** Pictures it was given. */
  readonly given: Uint8Array[];
  /** It waits for this with each picture. */
  hold: Promise<void>;
  /** What it throws, if anything. */
  error: Error | null;
}

export function makeEmbedder(workers = 1): FakeEmbedder {
  const given: Uint8Array[] = [];
  const embedder: FakeEmbedder = {
    given,
    hold: Promise.resolve(),
    error: null,
    workers,
    runtime: "node",
    async embed(picture, gates) {
      given.push(picture);
      await embedder.hold;
      if (embedder.error) throw embedder.error;
      return find(picture, gates);
    },
    stop: async () => {},
  };
  return embedder;
}

function find(picture: Uint8Array, gates: Gates): PictureFaces {
  const text = Buffer.from(picture).toString("latin1");
  const { faces } = JSON.parse(text.slice(text.lastIndexOf("#") + 1)) as { faces: DrawnFace[] | "unreadable" };
  if (faces === "unreadable") throw new PictureError("the picture cannot be read");
  const found = faces.map((face, at) => toFound(face, at, gates)).sort((one, other) => other.score - one.score);
  return { width: 1_280, height: 720, faces: found };
}

function toFound({ who, score = 0.9, size = 80, norm = 12 }: DrawnFace, at: number, gates: Gates): FoundFace {
  const failed = findGate({ score, size, norm }, gates);
  const isEncoded = failed === null || failed === "norm";
  return {
    box: { x: 10 + at * 200, y: 20, width: size, height: size * 1.2 },
    score,
    failed,
    encoding: isEncoded ? toLength(makeEncoding(who), SFACE_MODEL.length ?? 1) : null,
    norm: isEncoded ? norm : null,
    thumbnail: GREY,
  };
}

function findGate(face: { score: number; size: number; norm: number }, gates: Gates): Gate | null {
  if (face.score < gates.minScore) return "score";
  if (face.size < gates.minFacePx) return "size";
  return face.norm < gates.minNorm ? "norm" : null;
}
