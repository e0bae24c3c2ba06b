/** How encodings of one model spread; two ratios, so that they hold at any scale of the encodings. */
export interface Spread {
  /** Variance between people over that within a person, each summed over all axes. */
  readonly ratio: number;
  /** Share of the variance within a person that the faces behind one mean have in common, so that it never averages out. */
  readonly shared: number;
}

/**
 * Of dlib's encodings, measured on photos of 40 of 79 people (Labeled Faces in the Wild), and tried on the other 39: within
 * a person 0.103 (a face differs from another by 0.45), between people 0.234. Photos of different days average out
 * completely; what a group's faces share is allowed for, as much as still keeps strangers out.
 */
export const DLIB_SPREAD: Spread = { ratio: 2.3, shared: 0.05 };

/**
 * How much nearer the mean of `n` faces and the mean of `m` faces must lie than two single faces, to be as likely of one
 * person: 1 for two single faces, less for more; falls with n and with m.
 *
 * The two-covariance model (Ioffe 2006; Brümmer and de Villiers 2010): a person's faces scatter around the person with
 * variance w², people around each other with b². The difference of two means has the variance W = w² (1/n + 1/m) if they are
 * of one person and T = W + 2 b² if not; both are as likely at the squared distance ln(T/W) / (1/W − 1/T). This is the root
 * of that, over the same for n = m = 1: with a = (1/n + 1/m) / 2 and r = b²/w² it is a (a + r) ln(1 + r/a), over the same for
 * a = 1. Where faces have a part in common, 1/n becomes s + (1 − s)/n (the design effect of clusters, Kish 1965).
 */
export function fitFactor(n: number, m: number, { ratio, shared }: Spread): number {
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
