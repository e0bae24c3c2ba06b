/** The exports of `assembly/kernel.ts`, whose comments have their contracts. Addresses are in bytes. */
export interface Kernel {
  setup(table: number, thread: number): void;
  begin(
    nodes: number,
    plain: boolean,
    dense: boolean,
    reach: number,
    rounding: number,
    slack: number,
    mostChunks: number,
    limit: number,
  ): void;
  openMatrix(): number;
  squaredDistance(a: number, b: number): number;
  sumOfNodes(i: number, j: number): number;
  spreadOf(node: number): number;
  writeMeans(into: number, nodes: number): void;
  project(basis: number, own: boolean, perStep: number, nodes: number, rows: number): void;
  setPreviews(step: number, blur: number, blendError: number): void;
  filterBlocks(blockI: number, blockJ: number): number;
  findPairs(blockI: number, fromJ: number, toJ: number): number;
  openRows(threads: number): void;
  nearest(i: number): number;
  nearestDistance(): number;
  exactly(i: number, j: number): number;
  join(a: number, b: number, into: number): void;
}
