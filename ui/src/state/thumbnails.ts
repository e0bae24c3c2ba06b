import type { Live } from "../api/live.ts";

interface Pictured {
  readonly face_id: number;
  readonly thumbnail: string | null;
}

const TOGETHER_MS = 150;

/**
 * Thumbnails are made shortly after their faces arrive. Hands over new ones by face id, in batches. Returns a function that
 * unsubscribes.
 */
export function onThumbnails(live: Live, take: (made: ReadonlyMap<number, string>) => void): () => void {
  let made = new Map<number, string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = live.on("thumbnail", ({ face_id, thumbnail }) => {
    made.set(face_id, thumbnail);
    timer ??= setTimeout(() => {
      timer = undefined;
      const ready = made;
      made = new Map();
      take(ready);
    }, TOGETHER_MS);
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}

/** The faces with new thumbnails; the identical list if none is affected. */
export function withThumbnails<T extends Pictured>(
  faces: readonly T[],
  made: ReadonlyMap<number, string>,
): readonly T[] {
  if (!faces.some((face) => face.thumbnail === null && made.has(face.face_id))) return faces;
  return faces.map((face) => (face.thumbnail === null ? { ...face, thumbnail: made.get(face.face_id) ?? null } : face));
}
