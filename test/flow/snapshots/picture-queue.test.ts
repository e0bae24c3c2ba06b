import { expect, it } from "vitest";
import { createPictureQueue, type WaitingPicture } from "../../../src/flow/snapshots/picture-queue.ts";
import { makeSnapshot } from "../../make/picture.ts";

function waiting(camera: string, snapshotId: string, bytes = 100): WaitingPicture {
  return { snapshot: makeSnapshot({ camera, picture: new Uint8Array(bytes) }), snapshotId, at: new Date() };
}

function open() {
  const dropped: string[] = [];
  const queue = createPictureQueue(({ snapshotId }) => dropped.push(snapshotId));
  const rest = (): string[] => {
    const found: string[] = [];
    for (let next = queue.next(); next; next = queue.next()) found.push(next.snapshotId);
    return found;
  };
  return { queue, dropped, rest };
}

it("gives up the oldest of a camera whose queue is full, or takes no more", () => {
  const { queue, dropped, rest } = open();
  for (const id of ["1", "2", "3", "4"]) expect(queue.add(waiting("door", id), "refuse")).toBe(true);
  expect(queue.add(waiting("door", "5"), "refuse")).toBe(false);
  expect(queue.add(waiting("door", "6"), "newest")).toBe(true);
  expect(queue.add(waiting("garden", "7"), "refuse")).toBe(true);
  expect([queue.size, queue.sizeOf("door"), queue.sizeOf("garden")]).toEqual([5, 4, 1]);
  expect(dropped).toEqual(["1"]);
  expect(rest()).toEqual(["2", "7", "3", "4", "6"]);
  expect([queue.size, queue.sizeOf("door")]).toEqual([0, 0]);
});

it("takes the cameras in turn", () => {
  const { queue, rest } = open();
  for (const [camera, id] of [
    ["a", "a1"],
    ["a", "a2"],
    ["a", "a3"],
    ["b", "b1"],
    ["b", "b2"],
  ] as const) {
    queue.add(waiting(camera, id), "newest");
  }
  expect(queue.next()?.snapshotId).toBe("a1");
  queue.add(waiting("c", "c1"), "newest");
  expect(rest()).toEqual(["b1", "a2", "c1", "b2", "a3"]);
});

it("holds no more bytes than the memory may have: the camera with the most of them gives some up", () => {
  const { queue, dropped } = open();
  const mega = 1024 * 1024;
  queue.add(waiting("door", "small"), "newest");
  for (const id of ["1", "2", "3"]) queue.add(waiting("garden", id, 20 * mega), "newest");
  expect(queue.add(waiting("door", "refused", 20 * mega), "refuse")).toBe(false);
  expect(queue.add(waiting("door", "large", 20 * mega), "newest")).toBe(true);
  expect(dropped).toEqual(["1"]);
  queue.clear();
  expect(dropped.toSorted()).toEqual(["1", "2", "3", "large", "small"]);
  expect(queue.size).toBe(0);
  expect(queue.add(waiting("door", "alone", 100 * mega), "refuse")).toBe(true);
});
