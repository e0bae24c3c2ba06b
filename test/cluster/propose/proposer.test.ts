import { expect, test } from "vitest";
import type { ProposalInput } from "../../../src/cluster/propose/propose.ts";
import { createProposer } from "../../../src/cluster/propose/proposer.ts";
import { makeEncoding, makeNear } from "../../make/encoding.ts";

const never = new AbortController().signal;

/** Groups of some faces each, of which all but the last keep their ids. */
function makeInput(sizes: readonly number[]): ProposalInput {
  const labels = Int32Array.from(sizes.flatMap((size, label) => Array.from({ length: size }, () => label)));
  const faceIds = [...labels.keys()].map((row) => row + 10);
  const data = new Float32Array(new SharedArrayBuffer(labels.length * 128 * 4));
  for (const [row, label] of labels.entries()) data.set(makeNear(makeEncoding(label), 0.2, row), row * 128);
  const before = new Map<string, number[]>();
  for (const [row, faceId] of faceIds.entries()) {
    const id = `old${labels[row]}`;
    before.set(id, [...(before.get(id) ?? []), faceId]);
  }
  const visits = Int32Array.from(faceIds, (id) => (id % 3) - 1);
  const pictured = Uint8Array.from(faceIds, (id) => id % 2);
  return {
    models: [{ model: "dlib", faceIds, data, labels, visits, pictured }],
    minClusterSize: 2,
    groupings: [],
    before,
  };
}

test("a thread proposes the same as without one, all of it, however many there are", async () => {
  const input = makeInput([600, 1, ...Array.from({ length: 150 }, (_, i) => 2 + (i % 5))]);
  const plain = await createProposer({ fewFaces: Infinity }).propose(input, never);
  expect(plain[0]).toMatchObject({ id: "old0", model: "dlib" });
  expect(plain).toHaveLength(151);
  expect(await createProposer({ fewFaces: 0 }).propose(input, never)).toEqual(plain);
});

test("is cancelled while its thread works", async () => {
  const abort = new AbortController();
  const proposing = createProposer({ fewFaces: 0 }).propose(makeInput([50, 50]), abort.signal);
  abort.abort(new Error("no longer wanted"));
  await expect(proposing).rejects.toThrow("no longer wanted");
});

test("fails with a reason when its thread does", async () => {
  const script = new URL("data:text/javascript,throw new Error('broken')");
  const failing = createProposer({ fewFaces: 0, script }).propose(makeInput([3]), never);
  await expect(failing).rejects.toMatchObject({
    code: "DISCOVERY_FAILED",
    message: "proposing clusters failed: broken",
  });
});
