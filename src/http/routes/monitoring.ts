import { Type } from "typebox";
import type { System } from "../../operations/system/system.ts";
import { HealthAnswerSchema } from "../../wire/out/system/status.ts";
import type { Api } from "../api.ts";

/** Figures for Prometheus, as text. */
export interface MetricsText {
  readonly contentType: string;
  render(): Promise<string>;
}

/** Health and metrics. */
export function addMonitoringRoutes(app: Api, status: System["status"], metrics: MetricsText): void {
  app.get(
    "/healthz",
    {
      config: { access: "open" },
      schema: {
        tags: ["operation"],
        summary: "Whether the daemon works",
        security: [],
        response: { 200: HealthAnswerSchema, 503: HealthAnswerSchema },
      },
    },
    async (_request, reply) => {
      const health = status.health();
      return reply.code(health.healthy ? 200 : 503).send(health);
    },
  );

  app.get(
    "/metrics",
    {
      config: { access: "login" },
      schema: {
        tags: ["operation"],
        summary: "Figures for Prometheus",
        response: { 200: { content: { "text/plain": { schema: Type.String() } } } },
      },
    },
    async (_request, reply) => reply.header("content-type", metrics.contentType).send(await metrics.render()),
  );
}
