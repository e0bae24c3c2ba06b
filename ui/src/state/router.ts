import type { VisitFilter } from "../api/visits.ts";
import { createObservable, type Observable } from "./observable.ts";

/** The tabs of the navigation; groups and people open from within Discover and People. */
export const TABS = ["discover", "people", "activity", "status"] as const;

export type Tab = (typeof TABS)[number];

/** What is shown, as the address says it. */
export type Route =
  | { readonly page: "discover" }
  | { readonly page: "ignored" }
  | { readonly page: "group"; readonly id: string }
  | { readonly page: "people" }
  | { readonly page: "person"; readonly id: string }
  | ({ readonly page: "activity" } & VisitFilter)
  | { readonly page: "threshold" }
  | { readonly page: "status" };

/** The tab that a route belongs to. */
export function tabOf(route: Route): Tab {
  if (route.page === "group" || route.page === "ignored") return "discover";
  if (route.page === "person") return "people";
  if (route.page === "threshold") return "status";
  return route.page;
}

/** Event types to filter by. */
export const KINDS = ["recognized", "unknown", "ambiguous"] as const;

/** Unknown pages, and pages without their id, lead to Discover or People. */
export function toRoute(search: string): Route {
  const query = new URLSearchParams(search);
  const id = query.get("id") ?? "";
  switch (query.get("page")) {
    case "group":
      return id ? { page: "group", id } : { page: "discover" };
    case "person":
      return id ? { page: "person", id } : { page: "people" };
    case "ignored":
    case "people":
    case "threshold":
    case "status":
      return { page: query.get("page") as "people" };
    case "activity":
      return {
        page: "activity",
        person: query.get("person") ?? undefined,
        camera: query.get("camera") ?? undefined,
        kind: KINDS.find((kind) => kind === query.get("kind")),
      };
    default:
      return { page: "discover" };
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
