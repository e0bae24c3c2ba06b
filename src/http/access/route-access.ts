import type { RouteOptions } from "fastify";
import type { Access, Api } from "../api.ts";

/** A route and who may use it. */
export interface RouteAccess {
  readonly method: string;
  readonly url: string;
  readonly access: Access;
}

/**
 * Lists the routes that are added from now on, filled once the server is ready; a route that does not say who may use it
 * keeps the server from coming up.
 */
export function watchRouteAccess(app: Api): readonly RouteAccess[] {
  const routes: RouteAccess[] = [];
  const added: RouteOptions[] = [];
  // Looked at when all plugins have had their say, since some add what they decide to routes of others.
  app.addHook("onRoute", (route) => void added.push(route));
  app.addHook("onReady", async () => {
    for (const route of added) routes.push(...toRouteAccess(route));
  });
  return routes;
}

function toRouteAccess({ method, url, config }: RouteOptions): RouteAccess[] {
  const access = config?.access;
  return [method].flat().map((one) => {
    if (access === undefined) throw new TypeError(`${one} ${url} does not say who may use it`);
    return { method: one, url, access };
  });
}
