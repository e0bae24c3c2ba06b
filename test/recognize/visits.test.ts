import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { distance, meanEncoding, varianceOf } from "../../src/domain/vectors/encoding.ts";
import { DLIB_SPREAD, fittingThreshold } from "../../src/recognize/fit.ts";
import type { VisitingFace } from "../../src/recognize/open-visit.ts";
import { createVisits, type Visits } from "../../src/recognize/visits.ts";
import { makeEncoding, makeNear } from "../make/encoding.ts";
import { makeVisitingFace } from "../make/visiting-face.ts";

const RULES = {
  visitMs: 10_000,
  thresholdOf: () => (faces: number) => fittingThreshold(0.6, 1, faces, DLIB_SPREAD),
};
const anna = makeEncoding(1);
const bob = makeEncoding(2_000);
let looks = 0;
const look = (who: Float32Array, apart = 0.25) => makeNear(who, apart, looks++);

function open(): Visits {
  let made = 0;
  return createVisits(() => `v_${++made}`);
}

/** Each face as a batch of its own, visits ended in time; the visit of each. */
function send(visits: Visits, faces: readonly VisitingFace[]): string[] {
  return faces.map((face) => {
    visits.end(visits.due(face.arrivedMs, RULES.visitMs).map((one) => one.visitId));
    return sendTogether(visits, [face])[0] as string;
  });
}

function sendTogether(visits: Visits, faces: readonly VisitingFace[]): string[] {
  const plan = visits.plan(faces, RULES);
  plan.adopt();
  return plan.placements.map((one) => one.visitId);
}

describe("faces share a visit", () => {
  it("that are alike, at one camera, within the time of a visit", () => {
    const faces = [0, 4_000, 9_000, 18_900].map((atMs) => makeVisitingFace({ encoding: look(anna), atMs }));
    expect(new Set(send(open(), faces)).size).toBe(1);
  });

  it("of one event of the pipeline, alike or not", () => {
    const faces = [anna, bob, anna].map((encoding, i) => makeVisitingFace({ encoding, atMs: i * 1_000, eventId: "e" }));
    expect(send(open(), faces)).toEqual(["v_1", "v_1", "v_1"]);
  });

  it("when one comes late or out of order, by its own time", () => {
    const at = (atMs: number, arrivedMs: number) => makeVisitingFace({ encoding: look(anna), atMs, arrivedMs });
    expect(send(open(), [at(5_000, 5_000), at(3_000, 6_000), at(-4_000, 7_000), at(9_000, 9_000)])).toEqual([
      "v_1",
      "v_1",
      "v_1",
      "v_1",
    ]);
    expect(send(open(), [at(0, 5_000), at(60_000, 5_001), at(1_000, 5_002)])).toEqual(["v_1", "v_2", "v_1"]);
  });

  it("across a face that is turned away, which is a visit of its own", () => {
    const faces = [anna, anna, makeEncoding(77), anna].map((encoding, i) =>
      makeVisitingFace({ encoding: look(encoding), atMs: i * 500 }),
    );
    expect(send(open(), faces)).toEqual(["v_1", "v_1", "v_2", "v_1"]);
  });

  it("that change slowly: the last ones count besides the mean", () => {
    const turning = Array.from({ length: 12 }, (_, i) =>
      makeVisitingFace({ encoding: makeNear(anna, i * 0.12), atMs: i * 500 }),
    );
    expect(distance(turning[0]?.encoding as Float32Array, turning[11]?.encoding as Float32Array)).toBeGreaterThan(1);
    expect(new Set(send(open(), turning)).size).toBe(1);
  });
});

describe("faces are of different visits", () => {
  it("of different cameras, models and people, and after the visit ended", () => {
    const encoding = look(anna);
    const faces = [
      makeVisitingFace({ encoding }),
      makeVisitingFace({ encoding, camera: "garden" }),
      makeVisitingFace({ encoding, model: "sface" }),
      makeVisitingFace({ encoding: look(bob) }),
      makeVisitingFace({ encoding, atMs: 10_000 }),
    ];
    expect(new Set(send(open(), faces)).size).toBe(5);
  });

  it("of different events, even if alike", () => {
    const faces = ["a", "b", "a"].map((eventId, i) => makeVisitingFace({ encoding: look(anna), atMs: i, eventId }));
    expect(send(open(), faces)).toEqual(["v_1", "v_2", "v_1"]);
  });

  it("of one frame, however alike, and even with one event: then likeness decides from there on", () => {
    const pair = (frame: string, atMs: number) =>
      [anna, bob].map((who) => makeVisitingFace({ encoding: look(who), frame, atMs, eventId: "e" }));
    const visits = open();
    expect(
      sendTogether(
        visits,
        [anna, anna].map((encoding) => makeVisitingFace({ encoding, frame: "twins" })),
      ),
    ).toEqual(["v_1", "v_2"]);
    visits.end(["v_1", "v_2"]);
    expect(sendTogether(visits, pair("f1", 0))).toEqual(["v_3", "v_4"]);
    expect(sendTogether(visits, pair("f2", 1_000).reverse())).toEqual(["v_4", "v_3"]);
    expect(send(visits, [makeVisitingFace({ encoding: look(bob), atMs: 2_000, eventId: "e" })])).toEqual(["v_4"]);
  });

  it("of one frame in two messages", () => {
    const faces = [anna, anna].map((encoding) => makeVisitingFace({ encoding, frame: "same" }));
    expect(send(open(), faces)).toEqual(["v_1", "v_2"]);
  });
});

it("a visit is the mean, the variance, the times and the number of its faces", () => {
  const faces = [3_000, 1_000, 2_000].map((atMs) => makeVisitingFace({ encoding: look(anna), atMs, arrivedMs: 3_000 }));
  const { placements } = open().plan(faces, RULES);
  const visit = placements.at(-1);
  expect(placements.map(({ visitId }) => visitId)).toEqual(faces.map(() => visit?.visitId));
  expect(visit).toMatchObject({ fromMs: 1_000, toMs: 3_000, arrivedMs: 3_000, faces: 3 });
  expect(visit?.mean).toEqual(meanEncoding(faces.map((face) => face.encoding)));
  expect(visit?.variance).toBeCloseTo(varianceOf(faces.map((face) => face.encoding)), 6);
});

it("a visit ends the time of a visit after its last arrival, whatever the faces' own times", () => {
  const visits = open();
  send(visits, [
    makeVisitingFace({ atMs: 0, arrivedMs: 50_000 }),
    makeVisitingFace({ atMs: 1_000, arrivedMs: 53_000 }),
  ]);
  expect(visits.nextEndMs(10_000)).toBe(63_000);
  expect(visits.due(62_999, 10_000)).toEqual([]);
  expect(visits.due(63_000, 10_000).map((one) => one.visitId)).toEqual(["v_1"]);
  visits.end(["v_1"]);
  expect([visits.open, visits.nextEndMs(10_000)]).toEqual([0, null]);
});

it("a plan that is not adopted changes nothing", () => {
  const visits = open();
  send(visits, [makeVisitingFace()]);
  const before = visits.due(1e9, 1);
  visits.plan([makeVisitingFace({ atMs: 100 }), makeVisitingFace({ encoding: bob })], RULES);
  expect(visits.due(1e9, 1)).toEqual(before);
});

it("a crowd ends the visits that were quiet for longest, and memory is bounded", () => {
  const visits = open();
  for (let i = 0; i < 5_000; i++) {
    const face = makeVisitingFace({ encoding: makeEncoding(i), camera: `camera ${i % 40}`, arrivedMs: i });
    sendTogether(visits, [face]);
    const due = visits.due(i, 1e9);
    expect(due.length).toBeLessThanOrEqual(1);
    visits.end(due.map((one) => one.visitId));
    expect(visits.open).toBeLessThanOrEqual(1_024);
  }
  expect(visits.due(1e9, 1)[0]?.arrivedMs).toBe(5_000 - 1_024);
  const atOne = open();
  const crowd = Array.from({ length: 200 }, (_, i) => makeVisitingFace({ encoding: makeEncoding(i), arrivedMs: i }));
  expect(new Set(sendTogether(atOne, crowd)).size).toBe(200);
  expect(atOne.due(0, 1e9).map((one) => one.arrivedMs)).toEqual(Array.from({ length: 72 }, (_, i) => i));
});

describe("whatever arrives", () => {
  /** Faces of up to 4 people at up to 3 cameras, some in one frame, in any order, late or in time. */
  const arrivals = fc.array(
    fc.record({
      who: fc.integer({ min: 0, max: 3 }),
      camera: fc.integer({ min: 0, max: 2 }),
      frame: fc.integer({ min: 0, max: 40 }),
      late: fc.integer({ min: 0, max: 30_000 }),
      gap: fc.integer({ min: 0, max: 12_000 }),
      event: fc.option(fc.integer({ min: 0, max: 3 }), { nil: null }),
      batch: fc.boolean(),
    }),
    { maxLength: 60 },
  );
  const toFaces = (
    given: readonly { who: number; camera: number; frame: number; late: number; gap: number; event: number | null }[],
  ) => {
    let now = 0;
    return given.map(({ who, camera, frame, late, gap, event }, i) => {
      now += gap;
      return makeVisitingFace({
        camera: `c${camera}`,
        encoding: makeNear(makeEncoding(who * 500), 0.25, i),
        frame: `f${frame}`,
        atMs: now - late,
        arrivedMs: now,
        eventId: event === null ? null : `e${event}`,
      });
    });
  };

  it("each face has one visit: of its camera, with no other face of its frame, and of its event if it has one", () => {
    fc.assert(
      fc.property(arrivals, (given) => {
        const faces = toFaces(given);
        const members = new Map<string, VisitingFace[]>();
        for (const [i, id] of send(open(), faces).entries()) {
          members.set(id, [...(members.get(id) ?? []), faces[i] as VisitingFace]);
        }
        for (const some of members.values()) {
          expect(new Set(some.map((face) => face.camera)).size).toBe(1);
          expect(new Set(some.map((face) => face.frame)).size).toBe(some.length);
          expect(new Set(some.flatMap((face) => face.eventId ?? [])).size).toBeLessThanOrEqual(1);
          const arrived = some.map((face) => face.arrivedMs).sort((a, b) => a - b);
          for (const [i, ms] of arrived.slice(1).entries()) expect(ms - (arrived[i] as number)).toBeLessThan(10_000);
        }
        expect([...members.values()].flat()).toHaveLength(faces.length);
      }),
    );
  });

  it("two people at once are two visits, and several cameras do not mix, in whatever order their faces arrive", () => {
    const few = fc.array(
      fc.record({
        who: fc.integer({ min: 0, max: 1 }),
        camera: fc.integer({ min: 0, max: 2 }),
        atMs: fc.integer({ min: 0, max: 9_999 }),
      }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(few, (given) => {
        const faces = given.map(({ who, camera, atMs }, i) =>
          makeVisitingFace({
            camera: `c${camera}`,
            encoding: makeNear(who ? anna : bob, 0.2, i),
            atMs,
            arrivedMs: i * 10,
          }),
        );
        const ids = send(open(), faces);
        const ofWhom = new Map(given.map(({ who, camera }, i) => [ids[i], `${who} at ${camera}`]));
        expect(ids.map((id) => ofWhom.get(id))).toEqual(given.map(({ who, camera }) => `${who} at ${camera}`));
        expect(ofWhom.size).toBe(new Set(ofWhom.values()).size);
      }),
    );
  });

  it("batches do not matter: together or one by one, the visits are the same", () => {
    fc.assert(
      fc.property(arrivals, (given) => {
        const faces = toFaces(given.map((one, i) => ({ ...one, frame: i, gap: one.gap % 200 })));
        const [one, other] = [open(), open()];
        const apart = faces.map((face) => sendTogether(one, [face])[0]);
        expect(sendTogether(other, faces)).toEqual(apart);
      }),
    );
  });
});
