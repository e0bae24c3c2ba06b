import { describe, expect, it } from "vitest";
import type { PersonFaceJson, PersonJson, PersonTimesAnswer } from "../../../../src/wire/out/schemas.ts";
import type { PersonFacesFilter } from "../../../../ui/src/api/people.ts";
import { createPhotos, type PhotoFilter, type Photos } from "../../../../ui/src/state/person/photo-stream.ts";
import { dayKey } from "../../../../ui/src/texts/when.ts";
import { makeFaceJson } from "../../make-face-json.ts";

type Query = PersonFacesFilter & { readonly limit?: number; readonly cursor?: string | undefined };

let made = 0;
function face(date: number, overrides: Partial<PersonFaceJson> = {}): PersonFaceJson {
  made++;
  const timestamp = new Date(2026, 1, date, 12, 0, made).toISOString();
  const base = makeFaceJson({ face_id: made, camera: "door", timestamp, state: "assigned" });
  return { ...base, distance: null, different: false, ...overrides };
}

/** The daemon with these faces of Anna: what it is asked, and its answers. */
function serve(faces: PersonFaceJson[]) {
  const asked: Query[] = [];
  const fitting = ({ camera, from, to, state }: PersonFacesFilter) =>
    faces
      .filter((one) => camera === undefined || one.camera === camera)
      .filter((one) => (from === undefined || one.timestamp >= from) && (to === undefined || one.timestamp < to))
      .filter((one) => state === undefined || (state === "recognized") === (one.state === "unassigned"))
      .sort((a, b) => b.timestamp.localeCompare(a.timestamp));
  const failures: unknown[] = [];
  let failure: Error | null = null;
  const photos: Photos = createPhotos(
    {
      async one(_who, { limit = 100, cursor, ...filter }: Query = {}) {
        asked.push({ ...filter, cursor });
        if (failure) throw failure;
        const all = fitting(filter);
        const from = Number(cursor ?? 0);
        const next = from + limit < all.length ? String(from + limit) : null;
        return { person: {} as PersonJson, faces: all.slice(from, from + limit), next_cursor: next };
      },
      async times(_who, filter = {}): Promise<PersonTimesAnswer> {
        const days = new Map<string, { day: string; faces: number; recognized: number }>();
        for (const one of fitting(filter)) {
          const day = dayKey(new Date(one.timestamp));
          const count = days.get(day) ?? { day, faces: 0, recognized: 0 };
          const recognized = count.recognized + Number(one.state === "unassigned");
          days.set(day, { day, faces: count.faces + 1, recognized });
        }
        const counted = [...days.values()].reverse();
        return { person: "Anna", person_id: "anna", days: counted, hours: new Array<number>(24).fill(0), cameras: [] };
      },
    },
    "anna",
    { timezone: "UTC", now: () => new Date(2026, 1, 28), onError: (error) => failures.push(error) },
  );
  const days = () => photos.state.get().days.map((day) => `${day.key.slice(-2)}: ${day.faces.length} of ${day.photos}`);
  return {
    photos,
    asked,
    days,
    failures,
    fail: (error: Error | null) => {
      failure = error;
    },
    settled: () => new Promise((done) => setTimeout(done)),
  };
}

async function openAll(photos: Photos, filter: PhotoFilter): Promise<void> {
  await photos.open(filter);
  await photos.counted();
}

describe("a person's photos", () => {
  it("are shown before all are counted; one that is taken out meanwhile stays out", async () => {
    const faces = [face(20), face(19)];
    const { photos, days } = serve(faces);
    await photos.open({});
    expect(days()).toEqual(["20: 1 of 1", "19: 1 of 1"]);
    expect(photos.state.get().times).toBeNull();
    photos.without(faces.slice(0, 1));
    await photos.counted();
    expect(photos.state.get().times).not.toBeNull();
    expect(days()).toEqual(["19: 1 of 1"]);
  });

  it("are counted by day at once, and loaded where it is looked at", async () => {
    const faces = [
      ...Array.from({ length: 200 }, () => face(20)),
      ...Array.from({ length: 150 }, () => face(10)),
      face(1),
    ];
    const { photos, days, settled } = serve(faces);
    await openAll(photos, {});
    expect(days()).toEqual(["20: 120 of 200", "10: 0 of 150", "01: 0 of 1"]);
    photos.want(["2026-02-01"]);
    await settled();
    expect(days()).toEqual(["20: 120 of 200", "10: 0 of 150", "01: 1 of 1"]);
    photos.want(["2026-02-20", "2026-02-10"]);
    await settled();
    expect(days()).toEqual(["20: 200 of 200", "10: 40 of 150", "01: 1 of 1"]);
  });

  it("are asked for once, however often they are wanted meanwhile", async () => {
    const { photos, asked, settled } = serve([...Array.from({ length: 200 }, () => face(20)), face(10)]);
    await openAll(photos, {});
    const before = asked.length;
    photos.want(["2026-02-20"]);
    photos.want(["2026-02-20"]);
    await settled();
    photos.want(["2026-02-20"]);
    await settled();
    expect(asked.length).toBe(before + 1);
  });

  it("of one filter are not mixed with those of another that was slower", async () => {
    const { photos, days } = serve([face(20, { camera: "garden" }), face(20), face(19)]);
    await Promise.all([photos.open({}), photos.open({ camera: "garden" })]);
    await photos.counted();
    expect(days()).toEqual(["20: 1 of 1"]);
    expect(photos.state.get().times?.days).toHaveLength(2);
  });

  it("of one camera leave the counts of all others as they are", async () => {
    const { photos } = serve([face(20), face(19, { camera: "garden" })]);
    await openAll(photos, { camera: "garden" });
    await photos.refresh();
    expect(photos.state.get().times?.days.map((day) => day.faces)).toEqual([1, 1]);
    expect(photos.state.get().newer).toBe(0);
  });

  it("that come later wait, those that come back are where they were", async () => {
    const faces = [face(20), face(19), face(19)];
    const { photos, days } = serve(faces);
    await openAll(photos, {});
    const [, gone] = faces;
    const back = face(19, { timestamp: gone?.timestamp ?? "" });
    faces.splice(1, 1);
    faces.push(face(21));
    await photos.refresh();
    expect(days()).toEqual(["20: 1 of 1", "19: 1 of 1"]);
    expect(photos.state.get().newer).toBe(1);
    faces.push(back);
    await photos.refresh();
    expect(days()).toEqual(["20: 1 of 1", "19: 2 of 2"]);
    await openAll(photos, {});
    expect(days()).toEqual(["21: 1 of 1", "20: 1 of 1", "19: 2 of 2"]);
    expect(photos.state.get().newer).toBe(0);
  });

  it("are put back where they were when taking them out fails", async () => {
    const faces = [face(20), face(19), face(19)];
    const { photos, days } = serve(faces);
    await openAll(photos, {});
    const back = photos.without(faces.slice(0, 2));
    expect(days()).toEqual(["19: 1 of 1"]);
    back();
    expect(days()).toEqual(["20: 1 of 1", "19: 2 of 2"]);
  });

  it("least alike first are one list as long as all days together", async () => {
    const { photos, days, asked } = serve([face(20), face(19), face(18)]);
    await openAll(photos, { leastAlike: true });
    expect(asked.at(-1)?.sort).toBe("least_alike");
    expect(days()).toEqual(["ll: 3 of 3"]);
  });

  it("say why they could not be loaded, and are loaded when they are wanted again", async () => {
    const error = new Error("no connection");
    const { photos, days, failures, fail, settled } = serve([...Array.from({ length: 130 }, () => face(20))]);
    await openAll(photos, {});
    fail(error);
    photos.want(["2026-02-20"]);
    await settled();
    expect(failures).toEqual([error]);
    fail(null);
    photos.want(["2026-02-20"]);
    await settled();
    expect(days()).toEqual(["20: 130 of 130"]);
    fail(error);
    await openAll(photos, {});
    expect(photos.state.get()).toMatchObject({ phase: "failed", error });
  });
});
