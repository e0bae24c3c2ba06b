import type { ActivityFilter } from "../api/activity.ts";
import { createObservable, type Observable } from "./observable.ts";

/** The places of the panel; a group and a person are opened from within Discover and People. */
export const PLACES = ["discover", "people", "activity", "status"] as const;

export type Place = (typeof PLACES)[number];

/** What is shown: everything that the address says. */
export type Route =
  | { readonly page: "discover" }
  | { readonly page: "ignored" }
  | { readonly page: "group"; readonly id: string }
  | { readonly page: "people" }
  | { readonly page: "person"; readonly id: string }
  | ({ readonly page: "activity" } & ActivityFilter)
  | { readonly page: "threshold" }
  | { readonly page: "status" };

/** The place in the navigation that a route belongs to. */
export function placeOf(route: Route): Place {
  if (route.page === "group" || route.page === "ignored") return "discover";
  if (route.page === "person") return "people";
  if (route.page === "threshold") return "status";
  return route.page;
}

/** What a face may be taken for. */
export const KINDS = ["recognized", "unknown", "ambiguous"] as const;

/** Unknown pages and pages that lack their part lead to Discover. */
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

// What the person who embeds the panel has chosen stays while one goes from page to page.
const KEPT = ["theme", "lang", "embed"];

/** The address of a route, relative to the page: `?page=…` with what has to stay of `search`. */
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

/** Which page is shown; changes the address without loading anything again. */
export interface Router {
  readonly route: Observable<Route>;
  href(route: Route): string;
  go(route: Route): void;
  /** Changes the address without a new entry in the history (filters, a group that has left). */
  replace(route: Route): void;
  /** The address has been changed by somebody else. */
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
