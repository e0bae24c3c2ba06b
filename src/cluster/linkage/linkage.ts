/** Encodings packed row by row: `count` × `dimension` float32. May lie in a SharedArrayBuffer. All numbers are finite. */
export interface Encodings {
  readonly data: Float32Array;
  readonly count: number;
  readonly dimension: number;
}

/** How to cluster. */
export interface LinkageOptions {
  /** Clusters merge only while their mean distance is strictly less than this. */
  readonly threshold: number;
  /** Per face the number of its frame: two faces with the same number of 0 or more never share a cluster. */
  readonly frames?: Int32Array;
  /** Called now and then with the fraction done, 0 to 1, never decreasing. */
  readonly onProgress?: (fraction: number) => void;
}

/** A partition, and the heights of the tree under the threshold. */
export interface LinkageResult {
  /** Per face the number of its cluster; clusters are numbered in the order of their lowest face. */
  readonly labels: Int32Array;
  /**
   * The mean distance of each merge, ascending, all less than the threshold. At any lower threshold `t` the number of
   * clusters is the number of faces less that of heights under `t`.
   */
  readonly heights: Float64Array;
  /**
   * The mean distance at which each face that is not alone first merged, ascending. At any lower threshold `t` the number
   * of single faces is the number of faces less that of joins under `t`.
   */
  readonly joins: Float64Array;
}

/**
 * Agglomerative clustering: Euclidean distance, average linkage (the distance of two clusters is the mean of all
 * distances between their faces), cut at a threshold. Always the two nearest clusters merge; of equally near pairs the
 * one with the lowest face merges first. It is the partition of scikit-learn's
 * `AgglomerativeClustering(n_clusters=None, metric="euclidean", linkage="average", distance_threshold=threshold)`.
 */
export interface Linkage {
  readonly name: "native" | "ml-hclust";
  /** Throws a RangeError for encodings that do not fit their count and dimension, and for a threshold that is not a number. */
  cluster(encodings: Encodings, options: LinkageOptions): LinkageResult;
}

/** @throws {RangeError} for input that no engine could cluster. */
export function checkInput({ data, count, dimension }: Encodings, { threshold, frames }: LinkageOptions): void {
  if (data.length !== count * dimension) {
    throw new RangeError(`expected ${count} × ${dimension} numbers, got ${data.length}`);
  }
  if (count > 0 && dimension < 1) throw new RangeError("encodings need at least one number each");
  if (!(threshold >= 0) || threshold === Number.POSITIVE_INFINITY) {
    throw new RangeError(`the threshold must be a finite number of 0 or more, got ${threshold}`);
  }
  if (frames && frames.length !== count) throw new RangeError(`expected ${count} frame numbers, got ${frames.length}`);
}
