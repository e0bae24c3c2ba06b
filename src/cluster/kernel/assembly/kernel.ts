/**
 * The arithmetic of discovery, in 128-bit SIMD. AssemblyScript, compiled to WebAssembly by `npm run build:wasm`.
 *
 * It owns no data: everything lies in one shared memory that the caller lays out, so that several threads, each with
 * an instance of its own, work on the same faces. There is no relaxed arithmetic in it (no fused multiply-add): the
 * same input gives the same bits on every machine. Its scalar twin is `test/cluster/scalar-kernel.ts`.
 *
 * Points are rows of `stride` float32 (a multiple of 16, padded with zeros). Filter axes are kept in blocks of 64
 * points, axis by axis: `blocks[block][axis][point]`.
 */
export { spreadOf, squaredDistance, sumOfNodes, writeMeans } from "./arithmetic";
export { openMatrix } from "./dense";
export { filterBlocks, project } from "./filter";
export { findPairs } from "./pairs";
export { exactly, join, nearest, nearestDistance, openRows } from "./rows";
export { setPreviews, setup } from "./run";
export { begin } from "./stage";
