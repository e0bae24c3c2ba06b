import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { toSnapshotId } from "../../../src/domain/pictures/snapshot.ts";

it("knows a picture by camera and bytes", () => {
  const digest = createHash("sha256").update(Buffer.from("door\x01\x02")).digest("hex");
  expect(toSnapshotId("door", Uint8Array.of(1, 2))).toBe(digest.slice(0, 16));
  expect(toSnapshotId("garden", Uint8Array.of(1, 2))).not.toBe(digest.slice(0, 16));
});
