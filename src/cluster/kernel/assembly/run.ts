/**
 * Where everything lies in the shared memory, and the parameters of the stage. Each instance, that is, each thread, has
 * its own copy. `layout.ts` on the other side describes each array.
 */
export let stride: i32 = 0, axes: i32 = 0, capacity: i32 = 0;
export let points: usize = 0, means: usize = 0, blocks: usize = 0, halves: usize = 0;
export let weights: usize = 0, frames: usize = 0, starts: usize = 0;
export let sizes: usize = 0, gone: usize = 0, heads: usize = 0, tails: usize = 0, pushes: usize = 0;
export let memberHead: usize = 0, memberTail: usize = 0, memberNext: usize = 0;
export let slots: usize = 0, tallyIds: usize = 0, tallyA: usize = 0, tallyB: usize = 0, list: usize = 0, marks: usize = 0;
export let pool: usize = 0, poolNext: usize = 0;
export let previews: usize = 0, rowNumbers: usize = 0, rowIds: usize = 0, meanRows: usize = 0, blends: usize = 0;
export let rowHeads: usize = 0, rowTails: usize = 0, candidates: usize = 0;

export let nodes: i32 = 0, plain: bool = true, dense: bool = false, mostChunks: i32 = 0;
/** Distances of less than this are kept: the reach of the stage, and more than rounding may have added. */
export let kept: f64 = 0;
/** Pairs with squared steps along the filter axes of `limit` or more are out, and pairs of points with squares of `widened` or more. */
export let limit: i32 = 0, widened: f32 = 0;
/** Relative error of a distance from float32 squares. */
export let rounding: f64 = 0;
/** How far blending two means may move one. */
export let blendError: f64 = 0;
/** Size of a step of the previews, and by how many of them a distance may be too long. */
export let previewStep: f64 = 0, previewBlur: f64 = 0;
/** The distance of two means may be wrong by this much. */
export let slack: f64 = 0;

@inline
function word(table: usize, k: i32): usize {
  return <usize>load<u32>(table + (<usize>k << 2));
}

/** Reads the table of addresses, in the order of `ADDRESSES`. @param thread counted from 0 */
export function setup(table: usize, thread: i32): void {
  stride = <i32>word(table, 0); axes = <i32>word(table, 1); capacity = <i32>word(table, 2);
  points = word(table, 3); means = word(table, 4); blocks = word(table, 5); halves = word(table, 6);
  weights = word(table, 7); frames = word(table, 8); starts = word(table, 9);
  sizes = word(table, 10); gone = word(table, 11); heads = word(table, 12); tails = word(table, 13); pushes = word(table, 14);
  memberHead = word(table, 15); memberTail = word(table, 16); memberNext = word(table, 17);
  slots = word(table, 18); tallyIds = word(table, 19); tallyA = word(table, 20); tallyB = word(table, 21);
  list = word(table, 22); marks = word(table, 23); pool = word(table, 24); poolNext = word(table, 25);
  const each = <usize>capacity << 2;
  rowHeads = word(table, 26) + <usize>thread * each; rowTails = word(table, 27) + <usize>thread * each;
  candidates = word(table, 28) + <usize>thread * 32768;
  previews = word(table, 29); rowNumbers = word(table, 30); rowIds = word(table, 31);
  meanRows = word(table, 32); blends = word(table, 33);
}

/** See `begin` in `stage.ts`. */
export function setStage(nodes_: i32, plain_: bool, dense_: bool, reach: f64, rounding_: f64, slack_: f64, mostChunks_: i32, limit_: i32): void {
  nodes = nodes_; plain = plain_; dense = dense_; rounding = rounding_; slack = slack_; mostChunks = mostChunks_;
  kept = reach * (1 + 2 * rounding);
  limit = limit_;
  widened = <f32>(kept * kept * (1 + rounding));
}

/** Sets how the previews measure, and how far blending two means may move one. */
export function setPreviews(step: f64, blur: f64, blendError_: f64): void {
  previewStep = step; previewBlur = blur; blendError = blendError_;
}
