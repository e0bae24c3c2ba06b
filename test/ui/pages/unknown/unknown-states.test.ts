// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import type { DiscoveryJson, StatsJson } from "../../../../src/wire/out/schemas.ts";
import type { Overview } from "../../../../ui/src/api/clusters.ts";
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
const groups = (phase: "loading" | "ready" | "failed", shown = 0) => ({ phase, list: Array(shown).fill(null) });
const overview = (over: Partial<Overview> = {}): Overview => ({
  waiting: 0,
  many: 0,
  few: 0,
  once: 0,
  came_back: 0,
  known: { clusters: 0, faces: 0 },
  ignored: { clusters: 0, faces: 0 },
  ...over,
});
const idle = discovery("idle");
const known = { clusters: 1, faces: 4 };

describe("what the page of unknown faces has to say", () => {
  it("waits for the first face in an empty database", () => {
    expect(toSituation(groups("ready"), false, idle, stats({}), overview())).toBe("first");
  });

  it("offers to look when there are faces in no group, also after everybody got a name", () => {
    expect(toSituation(groups("ready"), false, idle, stats({ faces: 9, unassigned: 9 }), overview())).toBe("never");
    const later = stats({ people: 2, faces: 40, unassigned: 3 });
    expect(toSituation(groups("ready"), false, idle, later, overview())).toBe("never");
  });

  it("knows that all faces differ, and that only those seen once have no name", () => {
    const once = overview({ waiting: 2, once: 2 });
    expect(toSituation(groups("ready"), false, idle, stats({ faces: 2, unassigned: 2 }), once)).toBe("unlike");
    expect(toSituation(groups("ready"), false, idle, stats({ people: 1, unassigned: 2 }), once)).toBe("none");
  });

  it("knows when everybody has a name, also where there is more of them to review", () => {
    expect(toSituation(groups("ready"), false, idle, stats({ people: 3, faces: 40 }), overview())).toBe("none");
    const more = stats({ people: 3, faces: 40, unassigned: 4 });
    expect(toSituation(groups("ready"), false, idle, more, overview({ known }))).toBe("none");
  });

  it("says that nothing fits only where a filter is set", () => {
    expect(toSituation(groups("ready"), true, idle, stats({ unassigned: 9 }), overview({ few: 3 }))).toBe("filtered");
  });

  it("shows groups whatever else there is to say, and says that a search runs or failed where there are none", () => {
    for (const state of ["running", "failed", "idle"] as const) {
      expect(toSituation(groups("ready", 4), false, discovery(state), stats({}), overview())).toBe("groups");
    }
    expect(toSituation(groups("ready"), false, discovery("running"), stats({}), overview())).toBe("running");
    expect(toSituation(groups("ready"), true, discovery("failed"), stats({}), overview())).toBe("failed");
  });

  it("does not say empty before it knows", () => {
    expect(toSituation(groups("loading"), false, null, null, null)).toBe("loading");
    expect(toSituation(groups("ready"), false, idle, null, overview())).toBe("loading");
    expect(toSituation(groups("failed"), false, null, null, null)).toBe("unreachable");
  });
});
