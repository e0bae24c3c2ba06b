import { Type } from "typebox";
import { FacesError } from "../../domain/errors.ts";
import { closed } from "../../operations/declare/operation.ts";
import type { Api } from "../api.ts";
import type { EventStream } from "../event-stream.ts";

/** The live events, for `EventSource` or for `fetch` where the token goes as a header. */
export function addEventRoutes(app: Api, events: EventStream): void {
  app.get(
    "/api/events",
    {
      config: { access: "login", slow: true },
      exposeHeadRoute: false,
      schema: {
        tags: ["events"],
        summary: "Live events (server-sent events)",
        description:
          "`event`: a recognition · `face`: a face has arrived · `thumbnail`: a face's thumbnail is ready · `discovery`: " +
          "state and progress · `clusters`, `settings`: ask again · `stranger`: one came again, or with a null id any of them changed · `people`: what has changed · `visit`: a visit as it is now · `stats`: counts, at most once a second · `problem`: all open problems, when one has changed.",
        querystring: Type.Object({}, closed),
        response: { 200: { content: { "text/event-stream": { schema: Type.String() } } } },
      },
    },
    (_request, reply) => {
      if (events.isFull()) throw new FacesError("TOO_MANY_REQUESTS", "too many listen to live events already");
      reply.hijack();
      // X-Accel-Buffering: nginx would hold the stream back otherwise.
      reply.raw.writeHead(200, {
        ...(reply.getHeaders() as Record<string, string>),
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-store",
        connection: "close",
        "x-accel-buffering": "no",
      });
      events.join(reply.raw);
    },
  );
}
