import { expect, it } from "vitest";
import { faceOperations } from "../../src/operations/faces.ts";
import { openSystem } from "../helpers/open-system.ts";
import { makeClock } from "../make/clock.ts";
import { makeFaceToSave } from "../make/face.ts";

/** Faces of the 17th to the 19th, at noon. */
async function open() {
  const { system, store } = await openSystem({ clock: makeClock(new Date("2026-02-19T13:30:00Z")) });
  await store.saveFaces(
    ["2026-02-17", "2026-02-18", "2026-02-19"].map((day) => {
      const at = new Date(`${day}T12:00:00Z`);
      return makeFaceToSave({ uid: day, capturedAt: at, receivedAt: at });
    }),
  );
  return system;
}

it("lists the faces between two times, or days", async () => {
  const system = await open();
  const uids = async (between: { from?: string; to?: string }) =>
    (await faceOperations.faces.run(between, system)).faces.map((face) => face.uid);
  expect(await uids({ from: "2026-02-18T12:00:00Z" })).toEqual(["2026-02-19", "2026-02-18"]);
  expect(await uids({ to: "2026-02-18T13:00:00+01:00" })).toEqual(["2026-02-17"]);
  expect(await uids({ from: "2026-02-18", to: "2026-02-19" })).toEqual(["2026-02-18"]);
});

it.each(["yesterday", "", "2026-02-30", "2026-02-18T12:00:00", "1771408800"])(
  "refuses %j as a time, rather than to guess a zone or a day",
  async (from) => {
    await expect(faceOperations.faces.run({ from }, await open())).rejects.toMatchObject({
      code: "INVALID_INPUT",
      message: expect.stringContaining("from"),
    });
  },
);

it("counts the faces of each camera by hour, over the last 24 hours", async () => {
  const { cameras } = await faceOperations.cameras.run({}, await open());
  const hours = new Array<number>(24).fill(0);
  hours[22] = 1;
  expect(cameras).toMatchObject([{ camera: "front_door", last_24_hours: hours }]);
});

it("lists all faces of a face's frame", async () => {
  const { system, store } = await openSystem();
  const frame = { camera: "gate", source: "gate/7.jpg" };
  const saved = await store.saveFaces([
    makeFaceToSave(frame),
    makeFaceToSave({ ...frame, camera: "porch" }),
    makeFaceToSave(frame),
    makeFaceToSave({ source: null }),
    makeFaceToSave({ source: null }),
  ]);
  const [a = 0, , b = 0, alone = 0] = saved.map((one) => one.face.id);
  const of = async (id: number) =>
    (await faceOperations.faces.run({ frame_of: id }, system)).faces.map((face) => face.face_id).sort();
  expect(await of(a)).toEqual([a, b]);
  expect(await of(b)).toEqual([a, b]);
  expect(await of(alone)).toEqual([alone]);
  await expect(of(999)).rejects.toMatchObject({ code: "FACE_NOT_FOUND" });
});
