import { describe, expect, it } from "vitest";
import { type Route, tabOf, toRoute, toSearch } from "../../../ui/src/state/router.ts";

describe("addresses", () => {
  it.each<[string, Route]>([
    ["", { page: "unknown" }],
    ["?page=people", { page: "people" }],
    ["?page=person&id=anna", { page: "person", id: "anna" }],
    ["?page=person", { page: "people" }],
    ["?page=group", { page: "unknown" }],
    ["?page=nonsense", { page: "unknown" }],
    ["?page=threshold", { page: "threshold" }],
    ["?page=activity&day=2026-02-18&kind=unknown", { page: "activity", day: "2026-02-18", kind: "unknown" }],
    ["?page=activity&day=2026-02-45&kind=all", { page: "activity" }],
  ])("%s opens a page", (search, route) => {
    expect(toRoute(search)).toEqual(route);
  });

  it("come back as they were", () => {
    const route: Route = { page: "group", id: "a/b?c&d" };
    expect(toRoute(toSearch(route, ""))).toEqual(route);
  });

  it("keep theme, language and embedding, and nothing else", () => {
    expect(toSearch({ page: "people" }, "?page=group&id=7&theme=dark&lang=de&embed=&x=1")).toBe(
      "?page=people&theme=dark&lang=de&embed=",
    );
  });

  it("belong to one of four tabs", () => {
    expect(tabOf({ page: "group", id: "7" })).toBe("unknown");
    expect(tabOf({ page: "person", id: "anna" })).toBe("people");
    expect(tabOf({ page: "threshold" })).toBe("status");
  });
});
