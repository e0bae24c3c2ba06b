import { Type } from "typebox";
import type { Requests } from "../../operations/port.ts";
import { ClustersAnswerSchema, DiscoverySchema } from "../../wire/out/schemas.ts";
import type { Api } from "../api.ts";
import { closed, NoBodySchema, NoQuerySchema, PageQuery } from "./inputs.ts";

// Relative to the request, which holds behind any path prefix, and also when taken from the server's root.
const DISCOVERY_LOCATION = "../../api/faces/discover";

/** Start discovery, follow it, cancel it. */
export function addDiscoveryRoutes(app: Api, requests: Requests): void {
  app.post(
    "/api/faces/discover",
    {
      config: { access: "login", slow: true },
      schema: {
        tags: ["discovery"],
        summary: "Run discovery",
        description: "Joins one that runs. Answers when it is done, or at once with `Prefer: respond-async`.",
        headers: Type.Object({ prefer: Type.Optional(Type.String({ description: "`respond-async`" })) }),
        querystring: Type.Object({ limit: PageQuery.limit }, closed),
        body: NoBodySchema,
        response: { 200: ClustersAnswerSchema, 202: DiscoverySchema },
      },
    },
    async (request, reply) => {
      if (!wantsAsync(request.headers.prefer)) return requests.discover({ limit: request.query.limit });
      const discovery = await requests.startDiscovery();
      reply.header("location", DISCOVERY_LOCATION).header("preference-applied", "respond-async");
      return reply.code(202).send(discovery);
    },
  );

  app.get(
    "/api/faces/discover",
    {
      config: { access: "login" },
      schema: {
        tags: ["discovery"],
        summary: "State and progress of the current or last discovery",
        querystring: NoQuerySchema,
        response: { 200: DiscoverySchema },
      },
    },
    () => requests.discovery(),
  );

  app.delete(
    "/api/faces/discover",
    {
      config: { access: "login" },
      schema: {
        tags: ["discovery"],
        summary: "Cancel the running discovery",
        querystring: NoQuerySchema,
        response: { 200: DiscoverySchema },
      },
    },
    () => requests.cancel(),
  );
}

/** RFC 7240: preferences are separated by commas, each with optional parameters. */
function wantsAsync(prefer: string | undefined): boolean {
  return (prefer ?? "").split(",").some((preference) => /^\s*respond-async\s*(;|$)/i.test(preference));
}
