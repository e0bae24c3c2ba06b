/** The exports of `kernel.ts`, whose comments have their contracts. Addresses are in bytes. */
export interface Kernel {
  setup(
    count: number,
    stride: number,
    axes: number,
    points: number,
    blocks: number,
    halves: number,
    limit: number,
    widened: number,
    scale: number,
    steps: number,
    shift: number,
    nearSteps: number,
    heads: number,
    tails: number,
    pool: number,
    poolNext: number,
    candidates: number,
  ): void;
  squaredDistance(a: number, b: number): number;
  sumDistances(listA: number, countA: number, listB: number, countB: number, exactly: boolean): number;
  blendMeans(a: number, weightA: number, b: number, weightB: number, into: number): void;
  meanOf(list: number, count: number, into: number): void;
  project(basis: number, shrunk: number): void;
  filterBlocks(blockI: number, blockJ: number): number;
  findPairs(blockI: number, fromJ: number, toJ: number): number;
}
