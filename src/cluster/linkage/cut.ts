/**
 * Numbers clusters by first appearance. `roots` holds per face a number below the number of faces that is the same for
 * all faces of its cluster. O(n).
 */
export function labelsOf(roots: Int32Array): Int32Array {
  const labels = new Int32Array(roots.length);
  const given = new Int32Array(roots.length).fill(-1);
  let next = 0;
  for (let face = 0; face < roots.length; face++) {
    const root = roots[face]!;
    if (given[root] === -1) given[root] = next++;
    labels[face] = given[root]!;
  }
  return labels;
}
