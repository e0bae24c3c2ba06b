/** What `kernel.ts` exports; its comments say what each does. Numbers are addresses, counts or figures. */
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
    survivors: number,
  ): void;
  squaredDistance(a: number, b: number): number;
  sumDistances(listA: number, countA: number, listB: number, countB: number): number;
  sumDistancesExactly(listA: number, countA: number, listB: number, countB: number): number;
  blendMeans(a: number, weightA: number, b: number, weightB: number, into: number): void;
  meanOf(list: number, count: number, into: number): void;
  project(basis: number, shrunk: number): void;
  screenBlocks(blockI: number, blockJ: number): number;
  findPairs(blockI: number, fromJ: number, toJ: number): number;
}
