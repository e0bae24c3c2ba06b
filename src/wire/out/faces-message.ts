import type { FoundFace } from "../../domain/pictures/snapshot.ts";

/** The picture whose faces a message carries. */
export interface FacesOf {
  readonly snapshotId: string;
  readonly camera: string;
  readonly capturedAt: Date;
  /** What made the encodings. */
  readonly model: string;
  /** Whether they are of the past: stored, without an event. */
  readonly history?: boolean;
  /** The picture's file, where the daemon may read it. */
  readonly source?: string | null;
}

/** Bytes that a message may have, unless one face alone has more: brokers and daemon take at least so many. */
const MOST_BYTES = 262_144;
/** Digits that give the same float32 again (IEEE 754). */
const DIGITS = 9;

/**
 * The payloads for `<base>/embedding/<camera>` with those faces of a picture that passed its gates: one, or none without
 * such a face; more only where they would be too large for a broker.
 * @param faces All that were found, by falling score: a face's id is `<snapshot_id>-<its index>`.
 */
export function toFacesMessages(of: FacesOf, faces: readonly FoundFace[], mostBytes = MOST_BYTES): string[] {
  const passed = faces.flatMap((face, index) => {
    const { encoding, failed } = face;
    return failed === null && encoding !== null
      ? [JSON.stringify(toJson(`${of.snapshotId}-${index}`, face, encoding))]
      : [];
  });
  const { snapshotId, camera, capturedAt, model, history = false, source = null } = of;
  const outer = {
    id: snapshotId,
    camera,
    timestamp: capturedAt.toISOString(),
    model,
    ...(history ? { history } : {}),
    ...(source === null ? {} : { source }),
  };
  const start = `${JSON.stringify(outer).slice(0, -1)},"faces":[`;
  return fill(passed, mostBytes - Buffer.byteLength(start) - 2).map((some) => `${start}${some.join(",")}]}`);
}

function toJson(id: string, { box, score, norm, thumbnail }: FoundFace, encoding: Float32Array): object {
  return {
    id,
    box,
    encoding: Array.from(encoding, (value) => Number(value.toPrecision(DIGITS))),
    ...(norm === null ? {} : { quality: norm }),
    detection_score: score,
    thumbnail: Buffer.from(thumbnail).toString("base64"),
  };
}

/** In as few lists as hold `most` characters each, in order. */
function fill(texts: readonly string[], most: number): string[][] {
  const lists: string[][] = [];
  let room = 0;
  for (const text of texts) {
    const list = lists.at(-1);
    if (list && text.length < room) list.push(text);
    else {
      lists.push([text]);
      room = most;
    }
    room -= text.length + 1;
  }
  return lists;
}
