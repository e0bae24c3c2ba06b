import type { RouteOptions } from "fastify";
import type { Policy } from "../../operations/declare/operation.ts";
import type { Api, RouteAccess } from "../api.ts";

/** A route and who may use it. */
export interface DecidedRoute {
  readonly method: string;
  readonly url: string;
  readonly access: RouteAccess;
}

/** Who passes the gate is an admin, so an operation of either policy needs a login and no more. */
const ACCESS_OF_POLICY = { home: "login", admin: "login" } as const satisfies Record<Policy, RouteAccess>;

/** Who may use the route of an operation with this policy. */
export function toRouteAccess(policy: Policy): RouteAccess {
  return ACCESS_OF_POLICY[policy];
}

/**
 * Lists the routes that are added from now on, filled once the server is ready; a route that does not say who may use it
 * keeps the server from coming up.
 */
export function watchRouteAccess(app: Api): readonly DecidedRoute[] {
  const routes: DecidedRoute[] = [];
  const added: RouteOptions[] = [];
  // Looked at when all plugins have had their say, since some add what they decide to routes of others.
  app.addHook("onRoute", (route) => void added.push(route));
  app.addHook("onReady", async () => {
    for (const route of added) routes.push(...toDecidedRoutes(route));
  });
  return routes;
}

function toDecidedRoutes({ method, url, config }: RouteOptions): DecidedRoute[] {
  const access = config?.access;
  return [method].flat().map((one) => {
    if (access === undefined) throw new TypeError(`${one} ${url} does not say who may use it`);
    return { method: one, url, access };
  });
}
