import type { Snapshot } from "../../domain/pictures/snapshot.ts";

/** Pictures that wait at one camera: more would be seen too late to act on. */
const MOST_AT_CAMERA = 4;
/** Bytes that wait at all cameras together. */
const MOST_BYTES = 64 * 1024 * 1024;

/** A picture in the queue. */
export interface WaitingPicture {
  readonly snapshot: Snapshot;
  readonly snapshotId: string;
  /** When it arrived. */
  readonly at: Date;
}

/** Pictures that wait: few of each camera, and a camera with many holds up no other. */
export interface PictureQueue {
  /** Without room, older pictures are given up for it (`newest`), or it is not taken (`refuse`: false). */
  add(picture: WaitingPicture, whenFull: "newest" | "refuse"): boolean;
  /** The oldest of the next camera, each being the next one after all others; null: none waits. */
  next(): WaitingPicture | null;
  /** Gives up all. */
  clear(): void;
  readonly size: number;
  sizeOf(camera: string): number;
}

/** @param onDrop gets each picture that was given up */
export function createPictureQueue(onDrop: (picture: WaitingPicture) => void): PictureQueue {
  /** By camera, the next one first; none of them is empty. */
  const waiting = new Map<string, WaitingPicture[]>();
  let size = 0;
  let bytes = 0;

  function shift(camera: string): WaitingPicture {
    const pictures = waiting.get(camera) as WaitingPicture[];
    const first = pictures.shift() as WaitingPicture;
    size -= 1;
    bytes -= first.snapshot.picture.length;
    if (pictures.length === 0) waiting.delete(camera);
    return first;
  }

  function greediest(): string {
    const sum = (pictures: readonly WaitingPicture[]): number =>
      pictures.reduce((total, { snapshot }) => total + snapshot.picture.length, 0);
    const [[camera]] = [...waiting].sort(([, one], [, other]) => sum(other) - sum(one)) as [[string, unknown]];
    return camera;
  }

  return {
    add(picture, whenFull) {
      const { camera, picture: image } = picture.snapshot;
      const isFull = (): boolean => this.sizeOf(camera) >= MOST_AT_CAMERA;
      const isTooMuch = (): boolean => size > 0 && bytes + image.length > MOST_BYTES;
      if (whenFull === "refuse" && (isFull() || isTooMuch())) return false;
      while (isFull()) onDrop(shift(camera));
      while (isTooMuch()) onDrop(shift(greediest()));
      const pictures = waiting.get(camera);
      if (pictures) pictures.push(picture);
      else waiting.set(camera, [picture]);
      size += 1;
      bytes += image.length;
      return true;
    },
    next() {
      const [camera] = waiting.keys();
      if (camera === undefined) return null;
      const first = shift(camera);
      const rest = waiting.get(camera);
      // Its next picture waits for those of all others.
      if (rest) {
        waiting.delete(camera);
        waiting.set(camera, rest);
      }
      return first;
    },
    clear() {
      for (const [camera] of waiting) while (waiting.has(camera)) onDrop(shift(camera));
    },
    get size() {
      return size;
    },
    sizeOf: (camera) => waiting.get(camera)?.length ?? 0,
  };
}
