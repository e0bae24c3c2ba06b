// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import type { ClusterJson, DiscoveryJson, StatsJson } from "../../../../src/wire/out/schemas.ts";
import { toSituation } from "../../../../ui/src/pages/unknown/unknown-states.ts";

const stats = (over: Partial<StatsJson>): StatsJson => ({
  people: 0,
  faces: 0,
  unassigned: 0,
  clusters: 0,
  ignored: 0,
  rejected: 0,
  last_discovery: null,
  problem: null,
  ...over,
});
const discovery = (state: DiscoveryJson["state"]): DiscoveryJson => ({
  state,
  id: null,
  progress: 0,
  faces: 0,
  clusters: 0,
  started_at: null,
  finished_at: null,
  error: null,
});
const cluster = (size: number): ClusterJson => ({
  id: String(size),
  version: "1",
  size,
  cameras: [],
  first_seen: "",
  last_seen: "",
  representatives: [],
  suggestion: null,
  state: "waiting",
  model: "dlib",
  visits: 1,
  stranger_id: null,
  stranger: null,
  tightness: null,
  worst: null,
  split: null,
});
const waiting = (phase: "idle" | "loading" | "ready" | "failed", ...list: ClusterJson[]) => ({
  phase,
  list,
  marks: new Map(),
});
const idle = discovery("idle");

describe("what Discover has to say", () => {
  it("waits for the first face in an empty database", () => {
    expect(toSituation(waiting("ready"), idle, stats({}))).toBe("first");
  });

  it("offers a discovery when there are faces and none has run", () => {
    expect(toSituation(waiting("ready"), idle, stats({ faces: 138, unassigned: 138 }))).toBe("never");
  });

  it("knows that nothing was found when all faces differ", () => {
    expect(toSituation(waiting("ready", cluster(1), cluster(1)), idle, stats({ unassigned: 2 }))).toBe("nothing");
  });

  it("shows groups where there are only more of known people", () => {
    const known = { ...cluster(1), state: "known" as const };
    expect(toSituation(waiting("ready", known), idle, stats({ unassigned: 1 }))).toBe("groups");
  });

  it("knows when everybody has a name", () => {
    expect(toSituation(waiting("ready"), idle, stats({ people: 3, faces: 40 }))).toBe("named");
  });

  it("says that it runs, and that it failed, before anything else it knows", () => {
    expect(toSituation(waiting("ready", cluster(4)), discovery("running"), stats({}))).toBe("running");
    expect(toSituation(waiting("ready", cluster(4)), discovery("failed"), stats({}))).toBe("failed");
  });

  it("does not say empty before it knows", () => {
    expect(toSituation(waiting("loading"), null, null)).toBe("loading");
    expect(toSituation(waiting("ready"), idle, null)).toBe("loading");
    expect(toSituation(waiting("failed"), null, null)).toBe("unreachable");
  });
});
