import { Type } from "typebox";
import { FacesError } from "../../domain/errors.ts";
import { closed } from "../../operations/declare/operation.ts";
import { SESSION_COOKIE } from "../access/gate.ts";
import { isSameSecret, type Sessions } from "../access/sessions.ts";
import type { Api } from "../api.ts";

interface Deps {
  /** Null: no login is needed. */
  readonly token: string | null;
  readonly sessions: Sessions | null;
}

/**
 * Login by cookie, for browsers. The cookie's path is `/`, since the server does not know under which prefix a reverse
 * proxy shows it. Where a browser keeps no cookies (an iframe of another site), the token goes with each request instead.
 */
export function addSessionRoutes(app: Api, { token, sessions }: Deps): void {
  app.post(
    "/api/login",
    {
      config: { access: "open", rateLimit: { max: 10, timeWindow: 60_000 } },
      schema: {
        tags: ["session"],
        summary: "Log in: sets a cookie",
        description: "10 tries a minute from one address. Where no token is needed, nothing happens.",
        security: [],
        querystring: Type.Object({}, closed),
        body: Type.Object({ token: Type.String() }, closed),
        response: { 204: Type.Null({ description: "logged in" }) },
      },
    },
    async (request, reply) => {
      if (token === null || sessions === null) return reply.code(204).send(null);
      if (!isSameSecret(request.body.token, token)) {
        request.log.warn({ address: request.ip }, "login refused: wrong token");
        throw new FacesError("UNAUTHORIZED", "this is not the token");
      }
      reply.setCookie(SESSION_COOKIE, sessions.issue(), {
        path: "/",
        httpOnly: true,
        sameSite: "lax",
        maxAge: sessions.lifetimeSeconds,
        // The header may be forged, but only by the client that gets this very cookie.
        secure: request.headers["x-forwarded-proto"] === "https",
      });
      return reply.code(204).send(null);
    },
  );

  app.post(
    "/api/logout",
    {
      config: { access: "login" },
      schema: {
        tags: ["session"],
        summary: "Log out: the cookie is not taken any more",
        querystring: Type.Object({}, closed),
        body: Type.Object({}, closed),
        response: { 204: Type.Null({ description: "logged out" }) },
      },
    },
    async (request, reply) => {
      const cookie = request.cookies[SESSION_COOKIE];
      if (cookie !== undefined) sessions?.end(cookie);
      return reply.clearCookie(SESSION_COOKIE, { path: "/" }).code(204).send(null);
    },
  );
}
