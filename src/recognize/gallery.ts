import type { CountedEncoding, Person } from "../domain/person.ts";
import { distance, squaredDistance } from "../domain/vectors/encoding.ts";
import { lengthOf, putBack } from "../domain/vectors/mean.ts";
import { principalAxes } from "../domain/vectors/principal-axes.ts";
import { DLIB_SPREAD, fitFactor, type Spread, worthOf } from "./fit.ts";
import { openScan, ROW } from "./kernel/open-scan.ts";

/** A person as the gallery takes it; all encodings are of one model and length. */
export interface GalleryPerson extends Person {
  readonly encodings: readonly CountedEncoding[];
  /** Encodings of faces that a user said are not this person. */
  readonly notEncodings: readonly CountedEncoding[];
}

/** A group of faces that a user chose to ignore, by its mean. */
export interface IgnoredGroup extends CountedEncoding {
  readonly cluster: string;
}

/** A person, and the distance of one of its encodings, not rounded. */
export interface Near {
  readonly person: Person;
  readonly distance: number;
}

/** A person with the nearest of its encodings. */
export interface Neighbour extends Near {
  /** Distance of the nearest face that is known not to be this person; Infinity if there is none. */
  readonly notDistance: number;
}

/** A person with the encoding that fits best, given of how many faces each side is the mean. */
export interface Fit extends Near {
  /** The distance over `factor`: as if two single faces were compared. */
  readonly asSingle: number;
  /** The distance to the mean of all of the person's encodings, likewise: a single odd one among many is not the person. */
  readonly asWhole: number;
  /** Of the faces that are known not to be this person, that of the one that fits best, likewise; Infinity if there is none. */
  readonly notAsSingle: number;
  /** {@link fitFactor} of what was compared. */
  readonly factor: number;
}

/** All enrolled encodings of one model, packed for comparison. Immutable: a change to people builds a new one. */
export interface Gallery {
  readonly people: number;
  readonly encodings: number;
  /** Number of people with faces that are known not to be them. */
  readonly doubted: number;
  /** The `count` nearest people, nearest first; people without encodings are left out. */
  nearest(encoding: Float32Array, count: number): Neighbour[];
  /** The `count` people whom the mean of `faces` independent faces fits best, best first: by the encoding with the smallest `asSingle`. */
  fitting(mean: Float32Array, faces: number, count: number): Fit[];
  readonly spread: Spread;
  /** The nearest ignored group, or null; of the mean of `faces` faces, the distance as if two single faces were compared. */
  nearestIgnored(
    encoding: Float32Array,
    faces?: number | null,
  ): { readonly cluster: string; readonly distance: number } | null;
}

/** Axes that are compared first. */
const HEAD = ROW;
/** With fewer encodings, comparing all numbers of all of them is as quick. */
const WORTH_FROM = 256;
/** More than the rounding error of a float32 distance along a few axes. */
const SLACK = 1e-5;
/** Factor by which the next scan reaches further while too few people have been found. */
const WIDER = 1.5;

/**
 * Packs all enrolled encodings, so that one face is compared with all of them in one pass through memory.
 *
 * Of each encoding the 48 coordinates along the gallery's own principal axes are stored together. A distance along some
 * orthonormal axes is never more than the true one (partial distance search, Bei & Gray 1985). So the encodings that are
 * near along these axes are measured first, on the original numbers in float64; once enough people are found, encodings
 * further away along the axes than the last of them can be skipped, and none that is near is missed.
 * Time: O(encodings × 48) for most; making it takes O(encodings × 48 × 128).
 */
export function buildGallery(
  people: readonly GalleryPerson[],
  ignored: readonly IgnoredGroup[],
  spread: Spread = DLIB_SPREAD,
): Gallery {
  const all = people.flatMap((person, owner) => person.encodings.map((one) => ({ owner, ...one })));
  const dimension = all[0]?.encoding.length ?? 0;
  const packed = new Float32Array(all.length * dimension);
  const owners = new Int32Array(all.length);
  const worth = Float64Array.from(all, (one) => worthOf(one, spread));
  for (const [row, { owner, encoding }] of all.entries()) {
    owners[row] = owner;
    packed.set(encoding, row * dimension);
  }
  const filtered = all.length >= WORTH_FROM && dimension > HEAD;
  const axes = filtered ? principalAxes(packed, all.length, dimension, HEAD) : new Float64Array(0);
  const scan = filtered ? openScan(all.length) : null;
  if (scan) for (let row = 0; row < all.length; row++) project(packed, row * dimension, axes, scan.rows, row * HEAD);
  const owned = new Set(owners).size;
  const wholes = people.map((person) => toWhole(person.encodings));
  const best = new Float64Array(people.length);
  const bestRow = new Int32Array(people.length);
  const probe = new Float32Array(HEAD);

  const factorOf = (faces: number | null, m: number): number => (faces === null ? 1 : fitFactor(faces, m, spread));

  /**
   * Owners, nearest first, by squared distance; of the mean of so many faces, as if two single faces were compared. That is
   * never less than the distance: so what is too far away along the axes is too far all the same.
   */
  function search(encoding: Float32Array, count: number, faces: number | null): number[] {
    best.fill(Number.POSITIVE_INFINITY);
    const leaders: number[] = [];
    const wanted = Math.min(count, owned);
    let bar = Number.POSITIVE_INFINITY;
    const look = (row: number): void => {
      const away = squaredDistance(encoding, packed, row * dimension);
      const squared = faces === null ? away : away / factorOf(faces, worth[row] as number) ** 2;
      const owner = owners[row] as number;
      if (squared > bar || squared >= (best[owner] as number)) return;
      best[owner] = squared;
      bestRow[owner] = row;
      if (!leaders.includes(owner)) leaders.push(owner);
      leaders.sort((a, b) => (best[a] as number) - (best[b] as number) || a - b);
      if (leaders.length > wanted) leaders.length = wanted;
      if (leaders.length === wanted) bar = best[leaders[wanted - 1] as number] as number;
    };
    if (scan) {
      project(encoding, 0, axes, probe, 0);
      let above = -1;
      let most = scan.measure(probe);
      while (above < (Math.sqrt(bar) + SLACK) ** 2) {
        for (const row of scan.between(above, most)) look(row);
        above = most;
        most = bar < Number.POSITIVE_INFINITY ? (Math.sqrt(bar) + SLACK) ** 2 : most * WIDER + SLACK;
      }
    } else for (let row = 0; row < owners.length; row++) look(row);
    return leaders;
  }

  function nearestDistance(encoding: Float32Array, others: readonly CountedEncoding[], faces: number | null): number {
    let nearest = Number.POSITIVE_INFINITY;
    for (const other of others) {
      nearest = Math.min(nearest, distance(encoding, other.encoding) / factorOf(faces, worthOf(other, spread)));
    }
    return nearest;
  }

  /** All encodings of a person as one, each by the faces that it is worth; null: there is but one. */
  function toWhole(encodings: readonly CountedEncoding[]): { mean: Float32Array; worth: number } | null {
    const [first] = encodings;
    if (!first || encodings.length < 2) return null;
    const sums = new Float64Array(dimension);
    let lengths = 0;
    let total = 0;
    for (const one of encodings) {
      const weight = worthOf(one, spread);
      total += weight;
      lengths += weight * lengthOf(one.encoding);
      for (let i = 0; i < dimension; i++) sums[i] = (sums[i] as number) + weight * (one.encoding[i] as number);
    }
    const mean = Float32Array.from(sums, (sum) => sum / total);
    return { mean: putBack(mean, lengths / total, first.model), worth: total };
  }

  function toNear(encoding: Float32Array, owner: number): Near {
    const { personId, name } = people[owner] as GalleryPerson;
    const away = squaredDistance(encoding, packed, (bestRow[owner] as number) * dimension);
    return { person: { personId, name }, distance: Math.sqrt(away) };
  }

  /** How near is what is known not to be an owner. */
  const notOf = (encoding: Float32Array, owner: number, faces: number | null): number =>
    nearestDistance(encoding, (people[owner] as GalleryPerson).notEncodings, faces);

  return {
    people: people.length,
    encodings: all.length,
    doubted: people.filter((person) => person.notEncodings.length > 0).length,

    nearest: (encoding, count) =>
      search(encoding, count, null).map((owner) => ({
        ...toNear(encoding, owner),
        notDistance: notOf(encoding, owner, null),
      })),

    fitting(mean, faces, count) {
      return search(mean, count, faces).map((owner) => {
        const near = toNear(mean, owner);
        const factor = factorOf(faces, worth[bestRow[owner] as number] as number);
        const asSingle = near.distance / factor;
        const whole = wholes[owner];
        const asWhole = whole ? distance(mean, whole.mean) / factorOf(faces, whole.worth) : asSingle;
        return { ...near, asSingle, asWhole, notAsSingle: notOf(mean, owner, faces), factor };
      });
    },

    spread,

    nearestIgnored(encoding, faces = null) {
      let nearest: { cluster: string; distance: number } | null = null;
      for (const group of ignored) {
        const away = nearestDistance(encoding, [group], faces);
        if (!nearest || away < nearest.distance) nearest = { cluster: group.cluster, distance: away };
      }
      return nearest;
    },
  };
}

/** Coordinates of one encoding along the axes; 4 numbers at a time, the rest one by one. */
function project(from: Float32Array, start: number, axes: Float64Array, into: Float32Array, at: number): void {
  const dimension = axes.length / HEAD;
  for (let axis = 0; axis < HEAD; axis++) {
    const row = axis * dimension;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    let k = 0;
    for (; k + 3 < dimension; k += 4) {
      s0 += (axes[row + k] as number) * (from[start + k] as number);
      s1 += (axes[row + k + 1] as number) * (from[start + k + 1] as number);
      s2 += (axes[row + k + 2] as number) * (from[start + k + 2] as number);
      s3 += (axes[row + k + 3] as number) * (from[start + k + 3] as number);
    }
    for (; k < dimension; k++) s0 += (axes[row + k] as number) * (from[start + k] as number);
    into[at + axis] = s0 + s1 + (s2 + s3);
  }
}
