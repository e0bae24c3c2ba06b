import { describe, expect, it } from "vitest";
import { createKept } from "../../../ui/src/state/kept.ts";

function storage(): Storage {
  const map = new Map<string, string>();
  return {
    get length() {
      return map.size;
    },
    clear: () => map.clear(),
    getItem: (key) => map.get(key) ?? null,
    key: () => null,
    removeItem: (key) => void map.delete(key),
    setItem: (key, value) => void map.set(key, value),
  };
}

describe("what a page keeps", () => {
  it("is there after a reload, until it is forgotten", () => {
    const session = storage();
    createKept<string[]>("unknown.selected", () => session).set(["c1", "c2"]);
    const afterReload = createKept<string[]>("unknown.selected", () => session);
    expect(afterReload.get()).toEqual(["c1", "c2"]);
    expect(createKept("group.c1.out", () => session).get()).toBeUndefined();
    afterReload.set(undefined);
    expect(createKept("unknown.selected", () => session).get()).toBeUndefined();
  });

  it("is nothing where the browser gives no storage, or something else is there", () => {
    const denied = createKept<string>("draft", () => {
      throw new DOMException("denied", "SecurityError");
    });
    denied.set("Anna");
    expect(denied.get()).toBeUndefined();
    const session = storage();
    session.setItem("faces2mqtt.draft", "{not json");
    expect(createKept("draft", () => session).get()).toBeUndefined();
  });
});
