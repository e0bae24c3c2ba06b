import { Type } from "typebox";
import type { Requests } from "../../operations/port.ts";
import { HealthAnswerSchema, PurgeAnswerSchema, StatusSchema, UndoAnswerSchema } from "../../wire/out/schemas.ts";
import type { Api } from "../api.ts";
import { DryRunSchema, NoBodySchema, NoQuerySchema } from "./inputs.ts";

/** Figures for Prometheus, as text. */
export interface MetricsText {
  readonly contentType: string;
  render(): Promise<string>;
}

interface Deps {
  readonly requests: Requests;
  readonly metrics: MetricsText;
}

/** Undo, purge, status, health and metrics. */
export function addOperationRoutes(app: Api, { requests, metrics }: Deps): void {
  const tags = ["operation"];
  const config = { access: "login" } as const;

  app.post(
    "/api/undo",
    {
      config,
      schema: {
        tags,
        summary: "Take back the last change to people",
        querystring: NoQuerySchema,
        body: NoBodySchema,
        response: { 200: UndoAnswerSchema },
      },
    },
    () => requests.undo(),
  );

  app.post(
    "/api/purge",
    {
      config: { ...config, slow: true },
      schema: {
        tags,
        summary: "Delete unassigned faces that are older than the retention",
        querystring: NoQuerySchema,
        body: DryRunSchema,
        response: { 200: PurgeAnswerSchema },
      },
    },
    (request) => requests.purge({ dry_run: request.body.dry_run }),
  );

  app.get(
    "/api/status",
    {
      config,
      schema: {
        tags,
        summary: "Counts, versions, broker",
        querystring: NoQuerySchema,
        response: { 200: StatusSchema },
      },
    },
    () => requests.status(),
  );

  app.get(
    "/healthz",
    {
      config: { access: "open" },
      schema: {
        tags,
        summary: "Whether the daemon works",
        security: [],
        response: { 200: HealthAnswerSchema, 503: HealthAnswerSchema },
      },
    },
    async (_request, reply) => {
      const health = await requests.health();
      return reply.code(health.healthy ? 200 : 503).send(health);
    },
  );

  app.get(
    "/metrics",
    {
      config,
      schema: {
        tags,
        summary: "Figures for Prometheus",
        response: { 200: { content: { "text/plain": { schema: Type.String() } } } },
      },
    },
    async (_request, reply) => {
      const text = await metrics.render();
      return reply.header("content-type", metrics.contentType).send(text);
    },
  );
}
