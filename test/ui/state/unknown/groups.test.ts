import { describe, expect, it, vi } from "vitest";
import type { ClusterJson } from "../../../../src/wire/out/schemas.ts";
import type { WantedGroups } from "../../../../ui/src/api/clusters.ts";
import type { Live } from "../../../../ui/src/api/live.ts";
import { createObservable } from "../../../../ui/src/state/observable.ts";
import { createGroups } from "../../../../ui/src/state/unknown/groups.ts";
import { makeGroupJson, makeGroupsAnswer } from "../../make-group-json.ts";

const WANTED: WantedGroups = { state: "waiting", min_size: 2 };

/** The page of groups on a daemon that has `groups`; `asked` is what it was asked for. */
function start(count: number) {
  let groups: readonly ClusterJson[] = Array.from({ length: count }, (_, n) => makeGroupJson(n));
  let fails = false;
  const asked: { limit?: number | undefined; cursor?: string | undefined }[] = [];
  const listeners = new Map<string, (payload: never) => void>();
  const live: Live = {
    connection: createObservable({ state: "online" }),
    on(name, listener) {
      listeners.set(name, listener as never);
      return () => listeners.delete(name);
    },
    onConnected: () => () => {},
    start() {},
    stop() {},
    retryNow() {},
  };
  const page = createGroups({
    live,
    took() {},
    clusters: {
      async list(options = {}) {
        asked.push({ limit: options.limit, cursor: options.cursor });
        await Promise.resolve();
        if (fails) throw new Error("no connection");
        return makeGroupsAnswer(groups, options);
      },
    },
  });
  page.start();
  return {
    page,
    asked,
    now: (next: readonly ClusterJson[]) => {
      groups = next;
    },
    fail: (now = true) => {
      fails = now;
    },
    groups: () => groups,
    settled: () => new Promise((done) => setTimeout(done)),
    ids: () => page.state.get().list.map(({ id }) => id),
    emit: (name: string, payload: object) => listeners.get(name)?.(payload as never),
  };
}

describe("the groups of a filter", () => {
  it("are paged by need, and the grid knows its height from the first page", async () => {
    const { page, asked, settled } = start(6_000);
    page.show(WANTED);
    page.need(0, 30);
    await settled();
    expect(page.state.get()).toMatchObject({ phase: "ready", count: 6_000 });
    expect(page.state.get().list).toHaveLength(60);
    expect(asked).toEqual([{ limit: 60, cursor: undefined }]);
    page.need(40, 70);
    await settled();
    expect(asked.at(-1)).toEqual({ limit: 60, cursor: "60" });
    expect(page.state.get().list).toHaveLength(120);
  });

  it("catch up with a jump to the end in few requests", async () => {
    const { page, asked, ids } = start(6_000);
    page.show(WANTED);
    page.need(5_980, 6_000);
    await vi.waitFor(() => expect(ids()).toHaveLength(6_000));
    expect(asked.length).toBeLessThan(15);
    expect(new Set(ids()).size).toBe(6_000);
  });

  it("are brought up to date where they stand, without moving, while they are looked at", async () => {
    const { page, now, groups, ids, settled } = start(5);
    page.show(WANTED);
    await settled();
    page.holds(() => true);
    const before = ids();
    now([makeGroupJson(9), ...groups().map((one) => (one.id === "c2" ? { ...one, version: "2", size: 7 } : one))]);
    await page.refresh();
    expect(ids()).toEqual(before);
    expect(page.state.get().list[2]).toMatchObject({ version: "2", size: 7 });
    expect(page.state.get().fresh).toBe(1);
    await page.load();
    expect(ids()[0]).toBe("c9");
    expect(page.state.get().fresh).toBe(0);
  });

  it("move at once where nothing is looked at", async () => {
    const { page, now, groups, ids, settled } = start(3);
    page.show(WANTED);
    await settled();
    now([makeGroupJson(9), ...groups()]);
    await page.refresh();
    expect(ids()[0]).toBe("c9");
  });

  it("stay where they are when something was done to them, until the grid is tidied up", async () => {
    const { page, now, groups, ids, settled } = start(4);
    page.show(WANTED);
    await settled();
    page.done(["c1"], { kind: "named", name: "Anna", settled: true });
    now(groups().filter(({ id }) => id !== "c1"));
    await page.refresh();
    expect(ids()).toEqual(["c0", "c1", "c2", "c3"]);
    expect(page.state.get()).toMatchObject({ count: 4, fresh: 0 });
    page.tidy();
    expect(ids()).toEqual(["c0", "c2", "c3"]);
    expect(page.state.get().done.size).toBe(0);
    expect(page.state.get().count).toBe(3);
  });

  it("come back as they were when it was undone", async () => {
    const { page, now, groups, settled } = start(4);
    page.show(WANTED);
    await settled();
    const all = groups();
    page.done(["c1"], { kind: "ignored", settled: true });
    now(all.filter(({ id }) => id !== "c1"));
    await page.refresh();
    now(all);
    await page.refresh();
    expect(page.state.get().done.size).toBe(0);
    expect(page.state.get().fresh).toBe(0);
  });

  it("do not come back because an answer is older than what is being done", async () => {
    const { page, settled } = start(4);
    page.show(WANTED);
    await settled();
    page.done(["c1"], { kind: "named", name: "Anna", settled: false });
    await page.refresh();
    expect([...page.state.get().done.keys()]).toEqual(["c1"]);
  });

  it("fade when another page has named or ignored them", async () => {
    const { page, now, groups, settled } = start(4);
    page.show(WANTED);
    await settled();
    page.holds(() => true);
    now(groups().slice(1));
    await page.refresh();
    expect(page.state.get().done.get("c0")).toMatchObject({ kind: "gone" });
  });

  it("stay when they cannot be asked for again, and say so when they are another filter's", async () => {
    const { page, fail, ids, settled } = start(4);
    page.show(WANTED);
    await settled();
    fail();
    await page.refresh();
    expect(ids()).toHaveLength(4);
    expect(page.state.get().phase).toBe("ready");
    page.show({ ...WANTED, camera: "garden" });
    await settled();
    expect(page.state.get()).toMatchObject({ phase: "failed", list: [] });
    fail(false);
    await page.load();
    expect(page.state.get().phase).toBe("ready");
  });

  it("get their thumbnails when they are made", async () => {
    const { page, emit, settled } = start(2);
    page.show(WANTED);
    await settled();
    emit("thumbnail", { face_id: 1, thumbnail: "api/faces/1/thumbnail" });
    await vi.waitFor(() =>
      expect(page.state.get().list[1]?.representatives[0]?.thumbnail).toBe("api/faces/1/thumbnail"),
    );
  });
});
