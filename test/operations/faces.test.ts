import { expect, it } from "vitest";
import { createFaceRequests } from "../../src/operations/faces.ts";
import { openStore } from "../../src/store/sqlite.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { makeClock } from "../make/clock.ts";
import { makeFaceToSave } from "../make/face.ts";

/** Faces of the 17th to the 19th, at noon. */
async function open() {
  const clock = makeClock(new Date("2026-03-01T00:00:00Z"));
  const store = await openStore({ folder: tempFolder(), clock });
  await store.saveFaces(
    ["2026-02-17", "2026-02-18", "2026-02-19"].map((day) => {
      const at = new Date(`${day}T12:00:00Z`);
      return makeFaceToSave({ uid: day, capturedAt: at, receivedAt: at });
    }),
  );
  const unused = () => {
    throw new Error("not asked for here");
  };
  const requests = createFaceRequests({
    store,
    people: { gallery: unused, find: unused },
    similar: { toFace: unused },
    readFrame: unused,
    toEncoding: unused,
    settings: unused,
    readActivity: unused,
    cooldownSeconds: 0,
    clock,
  });
  return async (between: { from?: string; to?: string }) =>
    (await requests.faces(between)).faces.map((face) => face.uid);
}

it("lists the faces between two times, or days", async () => {
  const uids = await open();
  expect(await uids({ from: "2026-02-18T12:00:00Z" })).toEqual(["2026-02-19", "2026-02-18"]);
  expect(await uids({ to: "2026-02-18T13:00:00+01:00" })).toEqual(["2026-02-17"]);
  expect(await uids({ from: "2026-02-18", to: "2026-02-19" })).toEqual(["2026-02-18"]);
});

it.each(["yesterday", "", "2026-02-30", "2026-02-18T12:00:00", "1771408800"])(
  "refuses %j as a time, rather than to guess a zone or a day",
  async (from) => {
    const uids = await open();
    await expect(uids({ from })).rejects.toMatchObject({
      code: "INVALID_INPUT",
      message: expect.stringContaining("from"),
    });
  },
);
