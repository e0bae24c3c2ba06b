import type { Groups } from "./groups.ts";

/**
 * Whether two clusters hold faces of one frame, and so must stay apart: a frame shows each person once. O(faces of `j`)
 * per call; the faces of `i` are marked once for consecutive calls.
 */
export function keepApart(groups: Groups, frames: Int32Array): (i: number, j: number) => boolean {
  const marks = new Int32Array(frames.reduce((most, frame) => Math.max(most, frame), -1) + 1).fill(-1);
  const { size } = groups;
  let marked = -1;
  let markedSize = 0;
  let mark = 0;

  return (i, j) => {
    if (i !== marked || size[i] !== markedSize) {
      marked = i;
      markedSize = size[i]!;
      mark++;
      groups.members(i, (face) => {
        const frame = frames[face]!;
        if (frame >= 0) marks[frame] = mark;
      });
    }
    return groups.some(j, (face) => frames[face]! >= 0 && marks[frames[face]!] === mark);
  };
}
