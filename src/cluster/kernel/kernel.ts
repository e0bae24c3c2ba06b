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

/** Points in a block. */
const BLOCK: i32 = 64;
/** Bytes of a chunk of pairs: next chunk, number of entries, then up to 30 pairs of 4 bytes. */
const CHUNK_BYTES: usize = 128;
const CHUNK_PAIRS: i32 = 30;
/** Offset of the squares in the scratch for candidates. */
const SQUARES: usize = 16384;
/** Chunks that a thread takes from the shared memory at once. */
const TAKE: i32 = 1024;

// Addresses and parameters of the run; each instance, that is, each thread, has its own.
let count: i32 = 0, stride: i32 = 0, axes: i32 = 0;
let points: usize = 0, blocks: usize = 0, halves: usize = 0;
let limit: f32 = 0, widened: f32 = 0, scale: f64 = 0;
let maxStep: u32 = 0, shift: u32 = 0, nearSteps: u32 = 0;
let heads: usize = 0, tails: usize = 0, pool: usize = 0, poolNext: usize = 0, candidates: usize = 0;
let freeChunk: i32 = 0, freeEnd: i32 = 0, failed: i32 = 0;

/**
 * @param count_ points · @param stride_ float32 in a row · @param axes_ filter axes
 * @param points_ rows · @param blocks_ filter axes by block · @param halves_ shrunk half squared norms by point
 * @param limit_ a pair is out when `dot - half - half <= limit` · @param widened_ pairs of smaller squares are kept
 * @param scale_ quantisation steps in a unit of distance · @param steps_ how many there are · @param shift_ bits of a point's number
 * @param nearSteps_ pairs of fewer steps go to near rows · @param heads_ this thread's first chunk of each near row, then
 * of each far row · @param tails_ the last ones likewise · @param pool_ chunk 0 · @param poolNext_ counter of chunks taken
 * @param candidates_ this thread's scratch for twice 4096 numbers
 */
export function setup(
  count_: i32, stride_: i32, axes_: i32, points_: usize, blocks_: usize, halves_: usize, limit_: f32, widened_: f32,
  scale_: f64, steps_: u32, shift_: u32, nearSteps_: u32, heads_: usize, tails_: usize, pool_: usize,
  poolNext_: usize, candidates_: usize,
): void {
  count = count_; stride = stride_; axes = axes_; points = points_; blocks = blocks_; halves = halves_;
  limit = limit_; widened = widened_; scale = scale_; maxStep = steps_ - 1; shift = shift_; nearSteps = nearSteps_;
  heads = heads_; tails = tails_; pool = pool_; poolNext = poolNext_; candidates = candidates_;
  freeChunk = 0; freeEnd = 0; failed = 0;
}

@inline
function sumLanes(v: v128): f32 {
  return (f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1)) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3));
}

@inline
function sumHalves(v: v128): f64 {
  return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1);
}

/** The upper two of four float32, as float64. */
@inline
function promoteHigh(v: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<i64>(v, v, 1, 1));
}

/** Squared distance of two rows by differences: no cancellation, so its relative error is a few float32 roundings. */
@inline
function squared(a: usize, b: usize, bytes: usize): f32 {
  let s0 = f32x4.splat(0), s1 = f32x4.splat(0), s2 = f32x4.splat(0), s3 = f32x4.splat(0);
  for (let end = a + bytes; a < end; a += 64, b += 64) {
    const d0 = f32x4.sub(v128.load(a), v128.load(b)), d1 = f32x4.sub(v128.load(a, 16), v128.load(b, 16));
    const d2 = f32x4.sub(v128.load(a, 32), v128.load(b, 32)), d3 = f32x4.sub(v128.load(a, 48), v128.load(b, 48));
    s0 = f32x4.add(s0, f32x4.mul(d0, d0)); s1 = f32x4.add(s1, f32x4.mul(d1, d1));
    s2 = f32x4.add(s2, f32x4.mul(d2, d2)); s3 = f32x4.add(s3, f32x4.mul(d3, d3));
  }
  return sumLanes(f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3)));
}

/** The same in float64. */
@inline
function squaredExactly(a: usize, b: usize, bytes: usize): f64 {
  let s0 = f64x2.splat(0), s1 = f64x2.splat(0);
  for (let end = a + bytes; a < end; a += 16, b += 16) {
    const va = v128.load(a), vb = v128.load(b);
    const d0 = f64x2.sub(f64x2.promote_low_f32x4(va), f64x2.promote_low_f32x4(vb));
    const d1 = f64x2.sub(promoteHigh(va), promoteHigh(vb));
    s0 = f64x2.add(s0, f64x2.mul(d0, d0)); s1 = f64x2.add(s1, f64x2.mul(d1, d1));
  }
  return sumHalves(f64x2.add(s0, s1));
}

/** Squared distance of the rows at two addresses, float32. */
export function squaredDistance(a: usize, b: usize): f64 {
  return <f64>squared(a, b, <usize>stride << 2);
}

/** Address of the `k`th listed point. */
@inline
function rowOf(list: usize, k: i32): usize {
  return points + <usize>load<u32>(list + (<usize>k << 2)) * (<usize>stride << 2);
}

/** Sum of all distances between the points listed at `listA` and at `listB`: from float32 squares, or `exactly`, all in float64. */
export function sumDistances(listA: usize, countA: i32, listB: usize, countB: i32, exactly: bool): f64 {
  const bytes = <usize>stride << 2;
  let sum: f64 = 0;
  for (let i = 0; i < countA; i++) {
    const a = rowOf(listA, i);
    if (exactly) for (let j = 0; j < countB; j++) sum += Math.sqrt(squaredExactly(a, rowOf(listB, j), bytes));
    else for (let j = 0; j < countB; j++) sum += Math.sqrt(<f64>squared(a, rowOf(listB, j), bytes));
  }
  return sum;
}

/** Writes the weighted mean of two rows. */
export function blendMeans(a: usize, weightA: f32, b: usize, weightB: f32, into: usize): void {
  const wa = f32x4.splat(weightA), wb = f32x4.splat(weightB);
  for (let end = a + (<usize>stride << 2); a < end; a += 16, b += 16, into += 16) {
    v128.store(into, f32x4.add(f32x4.mul(wa, v128.load(a)), f32x4.mul(wb, v128.load(b))));
  }
}

/** Writes the mean of the listed points, summed in float64. */
export function meanOf(list: usize, countList: i32, into: usize): void {
  const bytes = <usize>stride << 2;
  const share = f64x2.splat(1 / <f64>countList);
  for (let at: usize = 0; at < bytes; at += 16) {
    let low = f64x2.splat(0), high = f64x2.splat(0);
    for (let i = 0; i < countList; i++) {
      const v = v128.load(rowOf(list, i) + at);
      low = f64x2.add(low, f64x2.promote_low_f32x4(v));
      high = f64x2.add(high, promoteHigh(v));
    }
    const l = f32x4.demote_f64x2_zero(f64x2.mul(low, share)), h = f32x4.demote_f64x2_zero(f64x2.mul(high, share));
    v128.store(into + at, v128.shuffle<i64>(l, h, 0, 2));
  }
}

/**
 * Writes every point's coordinates along the filter axes into the blocks. `basis` holds the axes, `stride` float64
 * each, and room for one more. Also writes half of each one's squared norm along them, times `shrunk`.
 */
export function project(basis: usize, shrunk: f64): void {
  const bytes = <usize>stride << 3;
  const row = basis + <usize>axes * bytes;
  for (let i = 0; i < count; i++) {
    let from = points + (<usize>i * bytes >> 1);
    for (let to = row; to < row + bytes; to += 32, from += 16) {
      const v = v128.load(from);
      v128.store(to, f64x2.promote_low_f32x4(v));
      v128.store(to, promoteHigh(v), 16);
    }
    let into = blocks + ((<usize>(i / BLOCK) * axes * BLOCK + (i % BLOCK)) << 2);
    let axis = basis;
    let squares: f64 = 0;
    for (let a = 0; a < axes; a++, into += BLOCK * 4) {
      let s0 = f64x2.splat(0), s1 = f64x2.splat(0), s2 = f64x2.splat(0), s3 = f64x2.splat(0);
      for (let x = row; x < row + bytes; x += 64, axis += 64) {
        s0 = f64x2.add(s0, f64x2.mul(v128.load(x), v128.load(axis)));
        s1 = f64x2.add(s1, f64x2.mul(v128.load(x, 16), v128.load(axis, 16)));
        s2 = f64x2.add(s2, f64x2.mul(v128.load(x, 32), v128.load(axis, 32)));
        s3 = f64x2.add(s3, f64x2.mul(v128.load(x, 48), v128.load(axis, 48)));
      }
      const coordinate = <f32>sumHalves(f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3)));
      store<f32>(into, coordinate);
      squares += <f64>coordinate * <f64>coordinate;
    }
    store<f32>(halves + (<usize>i << 2), <f32>(squares * 0.5 * shrunk));
  }
}

/** Takes chunks from the shared memory, growing it when needed; 0 when there is no more. */
function takeChunk(): i32 {
  if (freeChunk == freeEnd) {
    freeChunk = atomic.add<i32>(poolNext, TAKE);
    freeEnd = freeChunk + TAKE;
    const end = <u64>pool + <u64>freeEnd * <u64>CHUNK_BYTES;
    while ((<u64>memory.size() << 16) < end) {
      if (memory.grow(64) < 0 && (<u64>memory.size() << 16) < end) {
        failed = 1;
        freeEnd = freeChunk;
        return 0;
      }
    }
  }
  return freeChunk++;
}

/** Adds a pair to a row. */
function append(row: i32, pair: u32): void {
  const slot = heads + (<usize>row << 2);
  let head = load<i32>(slot);
  let chunk = pool + <usize>head * CHUNK_BYTES;
  if (head == 0 || load<i32>(chunk, 4) == CHUNK_PAIRS) {
    const fresh = takeChunk();
    if (fresh == 0) return;
    if (head == 0) store<i32>(tails + (<usize>row << 2), fresh);
    chunk = pool + <usize>fresh * CHUNK_BYTES;
    store<i32>(chunk, head);
    store<i32>(chunk, 0, 4);
    store<i32>(slot, fresh);
  }
  const used = load<i32>(chunk, 4);
  store<u32>(chunk + 8 + (<usize>used << 2), pair);
  store<i32>(chunk, used + 1, 4);
}

/** Notes which of four pairs (row `row`, columns from `column`) are candidates; `dots` are their products on the filter axes. */
@inline
function filter(dots: v128, halfRow: f32, halfColumns: v128, row: i32, column: i32, found: i32): i32 {
  const value = f32x4.sub(f32x4.sub(dots, f32x4.splat(halfRow)), halfColumns);
  let mask = ~i32x4.bitmask(f32x4.le(value, f32x4.splat(limit))) & 15;
  while (mask) {
    store<u32>(candidates + (<usize>found << 2), (row << 8) | (column + <i32>ctz(mask)));
    found++;
    mask &= mask - 1;
  }
  return found;
}

/** Filters all pairs of two blocks; returns how many are candidates, as (row << 8 | column) at `candidates`. */
export function filterBlocks(blockI: i32, blockJ: i32): i32 {
  const bytes = <usize>axes * BLOCK * 4;
  const rows = blocks + <usize>blockI * bytes, columns = blocks + <usize>blockJ * bytes;
  const halfI = halves + <usize>blockI * BLOCK * 4, halfJ = halves + <usize>blockJ * BLOCK * 4;
  let found = 0;
  for (let row = 0; row < BLOCK; row += 4) {
    const r = rows + (<usize>row << 2), end = r + bytes;
    const hr = halfI + (<usize>row << 2);
    for (let column = 0; column < BLOCK; column += 8) {
      const zero = f32x4.splat(0);
      let a0 = zero, a1 = zero, b0 = zero, b1 = zero, c0 = zero, c1 = zero, d0 = zero, d1 = zero;
      let y = columns + (<usize>column << 2);
      for (let x = r; x < end; x += BLOCK * 4, y += BLOCK * 4) {
        const y0 = v128.load(y), y1 = v128.load(y, 16);
        const xa = v128.load_splat<f32>(x), xb = v128.load_splat<f32>(x, 4);
        a0 = f32x4.add(a0, f32x4.mul(xa, y0)); a1 = f32x4.add(a1, f32x4.mul(xa, y1));
        b0 = f32x4.add(b0, f32x4.mul(xb, y0)); b1 = f32x4.add(b1, f32x4.mul(xb, y1));
        const xc = v128.load_splat<f32>(x, 8), xd = v128.load_splat<f32>(x, 12);
        c0 = f32x4.add(c0, f32x4.mul(xc, y0)); c1 = f32x4.add(c1, f32x4.mul(xc, y1));
        d0 = f32x4.add(d0, f32x4.mul(xd, y0)); d1 = f32x4.add(d1, f32x4.mul(xd, y1));
      }
      const hc = halfJ + (<usize>column << 2);
      const h0 = v128.load(hc), h1 = v128.load(hc, 16);
      found = filter(a0, load<f32>(hr), h0, row, column, found);
      found = filter(a1, load<f32>(hr), h1, row, column + 4, found);
      found = filter(b0, load<f32>(hr, 4), h0, row + 1, column, found);
      found = filter(b1, load<f32>(hr, 4), h1, row + 1, column + 4, found);
      found = filter(c0, load<f32>(hr, 8), h0, row + 2, column, found);
      found = filter(c1, load<f32>(hr, 8), h1, row + 2, column + 4, found);
      found = filter(d0, load<f32>(hr, 12), h0, row + 3, column, found);
      found = filter(d1, load<f32>(hr, 12), h1, row + 3, column + 4, found);
    }
  }
  return found;
}

/** Computes the squares of the candidates, and keeps those that are near enough; returns how many. */
function measure(found: i32, firstI: i32, firstJ: i32): i32 {
  const bytes = <usize>stride << 2;
  let kept = 0;
  for (let k = 0; k < found; k++) {
    const pair = load<u32>(candidates + (<usize>k << 2));
    const i = firstI + <i32>(pair >> 8), j = firstJ + <i32>(pair & 255);
    const squares = squared(points + <usize>i * bytes, points + <usize>j * bytes, bytes);
    const at = candidates + (<usize>kept << 2);
    store<u32>(at, pair);
    store<f32>(at, squares, SQUARES);
    // Without a branch, which would be mispredicted every other time.
    kept += i32(squares < widened) & i32(i < j) & i32(j < count);
  }
  return kept;
}

/**
 * Finds all pairs between block `blockI` and the blocks `fromJ` to `toJ` (excluded) that are nearer than the
 * widened threshold, and adds each to the rows of both its points as `step << shift | other point`, where the true
 * distance lies in `[step, step + 1] / scale`. Returns 0, or 1 when the memory is full.
 */
export function findPairs(blockI: i32, fromJ: i32, toJ: i32): i32 {
  const firstI = blockI * BLOCK;
  for (let blockJ = fromJ; blockJ < toJ && failed == 0; blockJ++) {
    const firstJ = blockJ * BLOCK;
    const kept = measure(filterBlocks(blockI, blockJ), firstI, firstJ);
    for (let k = 0; k < kept; k++) {
      const pair = load<u32>(candidates + (<usize>k << 2));
      const i = firstI + <i32>(pair >> 8), j = firstJ + <i32>(pair & 255);
      const distance = Math.sqrt(<f64>load<f32>(candidates + (<usize>k << 2), SQUARES));
      const step = min<u32>(<u32>(distance * scale), maxStep);
      const level = step < nearSteps ? 0 : count;
      append(level + i, (step << shift) | <u32>j);
      append(level + j, (step << shift) | <u32>i);
    }
  }
  return failed;
}
