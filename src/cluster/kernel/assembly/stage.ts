import { emptyPool } from "./pool";
import { setStage } from "./run";

/**
 * Begins a stage: whatever the one before left in the pool is forgotten.
 * @param nodes how many nodes there are · @param plain whether every node is one point · @param dense whether the distances lie in a matrix · @param reach pairs nearer than this
 * are kept · @param rounding relative error of distances · @param slack error of the distance of two means
 * @param mostChunks chunks that the pass may take · @param limit squared steps from which on the filter drops a pair
 */
export function begin(nodes: i32, plain: bool, dense: bool, reach: f64, rounding: f64, slack: f64, mostChunks: i32, limit: i32): void {
  setStage(nodes, plain, dense, reach, rounding, slack, mostChunks, limit);
  emptyPool();
}
