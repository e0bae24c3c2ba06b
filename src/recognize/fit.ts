import { DLIB } from "../domain/model.ts";
import type { CountedEncoding } from "../domain/person.ts";

/** How the encodings of one model spread: variances, each summed over all axes. */
export interface Spread {
  /** Of one person's photos of different days. */
  readonly within: number;
  /** Of people around each other. */
  readonly between: number;
  /** Share of `within` that the faces behind one mean have in common all the same, so that it never averages out. */
  readonly shared: number;
}

/**
 * Of dlib's encodings, measured on photos of 79 people (Labeled Faces in the Wild). Halves of them agree: within a person
 * 0.100 to 0.105, between people 0.229 to 0.241. Photos of different days average out completely there; the share, chosen on
 * all of them, is what can be allowed for and still keeps strangers out.
 */
export const DLIB_SPREAD: Spread = { within: 0.103, between: 0.234, shared: 0.02 };

/**
 * Of SFace's encodings, on the same photos; halves of the people agree: 0.119 to 0.126, and 0.193 to 0.195. Their means are put
 * back to their length, and so are under one distance of one person, of however many faces they are: all is shared.
 */
const SFACE_SPREAD: Spread = { within: 0.123, between: 0.194, shared: 1 };

/**
 * How encodings of a model spread, as far as it was measured elsewhere. Of a model of the configuration nothing was: it is a
 * unit vector scaled to the same threshold, as SFace's are.
 */
export function priorOf(model: string): Spread {
  return model === DLIB ? DLIB_SPREAD : SFACE_SPREAD;
}

/** Of `within`: many faces that vary so much are as good as independent. Fewer faces need less, since theirs is less certain. */
const INDEPENDENT = 0.6;

/**
 * To how many photos of different days the mean of `faces` faces is worth: frames of one visit are alike, and what they
 * have in common does not average out. With the variance v among them, of which u = v / (0.6 (1 − 1/n) w²), at most 1, is
 * their own, 1/n becomes (1 − u) + u/n (the design effect, Kish 1965).
 * @param variance Of the faces, summed over all axes; null: not known, all are taken as independent.
 */
export function independentFaces(faces: number, variance: number | null, { within }: Spread): number {
  if (faces <= 1 || variance === null) return faces;
  const own = Math.min(1, variance / (INDEPENDENT * (1 - 1 / faces) * within));
  return 1 / (1 - own + own / faces);
}

/** To how many photos of different days an enrolled encoding is worth. */
export function worthOf({ count, variance = null }: CountedEncoding, spread: Spread): number {
  return independentFaces(count, variance, spread);
}

/**
 * How much nearer the mean of `n` independent faces and the mean of `m` must lie than two single faces, to be as likely of one
 * person: 1 for two single faces, less for more; falls with n and with m.
 *
 * The two-covariance model (Ioffe 2006; Brümmer and de Villiers 2010): a person's faces scatter around the person with
 * variance w², people around each other with b². The difference of two means has the variance W = w² (1/n + 1/m) if they are
 * of one person and T = W + 2 b² if not; both are as likely at the squared distance ln(T/W) / (1/W − 1/T). This is the root
 * of that, over the same for n = m = 1: with a = (1/n + 1/m) / 2 and r = b²/w² it is a (a + r) ln(1 + r/a), over the same for
 * a = 1. Where faces have a part in common, 1/n becomes s + (1 − s)/n (the design effect of clusters, Kish 1965).
 */
export function fitFactor(n: number, m: number, { within, between, shared }: Spread): number {
  const ratio = between / within;
  const own = (faces: number): number => shared + (1 - shared) / faces;
  const evidence = (a: number): number => a * (a + ratio) * Math.log1p(ratio / a);
  if (n === 1 && m === 1) return 1;
  return Math.sqrt(evidence((own(n) + own(m)) / 2) / evidence(1));
}

/**
 * The distance under which the mean of `n` faces and the mean of `m` faces count as the same person's, where two single
 * faces do under `threshold`.
 */
export function fittingThreshold(threshold: number, n: number, m: number, spread: Spread): number {
  return threshold * fitFactor(n, m, spread);
}
