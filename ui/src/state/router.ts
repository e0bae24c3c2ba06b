import type { VisitFilter } from "../api/visits.ts";
import { createObservable, type Observable } from "./observable.ts";

/** The tabs of the navigation; groups and people open from within Discover and People. */
export const TABS = ["unknown", "people", "activity", "status"] as const;

export type Tab = (typeof TABS)[number];

/** Which unknown faces are shown, and in which order. */
export interface UnknownFilter {
  readonly q?: string | undefined;
  readonly camera?: string | undefined;
  /** `YYYY-MM-DD`, local. */
  readonly day?: string | undefined;
  readonly sort?: "size" | "last_seen" | undefined;
  /** By photos: 10 and more, 2 to 9, one. */
  readonly size?: "many" | "few" | "once" | undefined;
  /** Strangers who came back only. */
  readonly again?: "yes" | undefined;
}

/** What is shown, as the address says it. */
export type Route =
  | ({ readonly page: "unknown" } & UnknownFilter)
  | { readonly page: "review" }
  | { readonly page: "map" }
  | { readonly page: "history" }
  | { readonly page: "ignored" }
  | { readonly page: "group"; readonly id: string }
  | { readonly page: "people" }
  | {
      readonly page: "person";
      readonly id: string;
      readonly day?: string | undefined;
      readonly camera?: string | undefined;
    }
  | ({ readonly page: "activity" } & VisitFilter)
  | { readonly page: "threshold" }
  | { readonly page: "status" };

/** The tab that a route belongs to. */
export function tabOf(route: Route): Tab {
  if (route.page === "group" || route.page === "ignored" || route.page === "review" || route.page === "map")
    return "unknown";
  if (route.page === "person") return "people";
  if (route.page === "history") return "activity";
  if (route.page === "threshold") return "status";
  return route.page;
}

/** Event types to filter by. */
export const KINDS = ["recognized", "unknown", "ambiguous"] as const;

function oneOf<T extends string>(values: readonly T[], text: string | undefined): T | undefined {
  return values.find((value) => value === text);
}

/** Undefined unless it is a day, `YYYY-MM-DD`. */
const toDay = (text: string | undefined): string | undefined =>
  text !== undefined && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined;

/** Unknown pages, and pages without their id, lead to the unknown faces or to People. `discover` is their old name. */
export function toRoute(search: string): Route {
  const query = new URLSearchParams(search);
  const text = (key: string): string | undefined => query.get(key) || undefined;
  const id = query.get("id") ?? "";
  switch (query.get("page")) {
    case "group":
      return id ? { page: "group", id } : { page: "unknown" };
    case "person":
      return id ? { page: "person", id, day: text("day"), camera: text("camera") } : { page: "people" };
    case "review":
    case "map":
    case "history":
    case "ignored":
    case "people":
    case "threshold":
    case "status":
      return { page: query.get("page") as "people" };
    case "activity":
      return {
        page: "activity",
        person: text("person"),
        camera: text("camera"),
        kind: oneOf(KINDS, text("kind")),
        day: toDay(text("day")),
      };
    default:
      return {
        page: "unknown",
        q: text("q"),
        camera: text("camera"),
        day: text("day"),
        sort: oneOf(["size", "last_seen"], text("sort")),
        size: oneOf(["many", "few", "once"], text("size")),
        again: oneOf(["yes"], text("again")),
      };
  }
}

// Options of an embedded panel, kept from page to page.
const KEPT = ["theme", "lang", "embed"];

/** The relative address of a route: `?page=…` plus the kept options of `search`. */
export function toSearch(route: Route, search: string): string {
  const before = new URLSearchParams(search);
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(route)) if (typeof value === "string") query.set(key, value);
  for (const key of KEPT) {
    const value = before.get(key);
    if (value !== null) query.set(key, value);
  }
  return `?${query}`;
}

/** The current page; changes the address without a reload. */
export interface Router {
  readonly route: Observable<Route>;
  href(route: Route): string;
  go(route: Route): void;
  /** Changes the address without a history entry (filters, a group that is gone). */
  replace(route: Route): void;
  /** Reads the address again after it was changed elsewhere. */
  follow(): void;
  start(): () => void;
}

export function createRouter(
  page: Pick<Window, "location" | "history" | "addEventListener" | "removeEventListener">,
): Router {
  const route = createObservable<Route>(toRoute(page.location.search));
  const href = (to: Route) => toSearch(to, page.location.search);
  const follow = () => route.set(toRoute(page.location.search));
  return {
    route,
    href,
    go(to) {
      page.history.pushState(null, "", href(to));
      route.set(to);
    },
    replace(to) {
      page.history.replaceState(null, "", href(to));
      route.set(to);
    },
    follow,
    start() {
      page.addEventListener("popstate", follow);
      return () => page.removeEventListener("popstate", follow);
    },
  };
}
