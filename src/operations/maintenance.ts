import { Type } from "typebox";
import {
  HealthAnswerSchema,
  PurgeAnswerSchema,
  StatusSchema,
  toPurgeAnswer,
  toStatusJson,
} from "../wire/out/status.ts";
import { dryRun } from "./inputs.ts";
import { defineOperation } from "./operation.ts";

/** The system itself: retention, how it is, what it announces. */
export const systemOperations = {
  purge: defineOperation({
    tag: "operation",
    summary: "Delete unassigned faces that are older than the retention",
    access: "admin",
    command: "purge",
    http: { method: "POST", path: "/api/purge" },
    slow: true,
    input: { dry_run: dryRun },
    answer: PurgeAnswerSchema,
    run: async ({ dry_run: isDryRun = false }, { purge }) => toPurgeAnswer(await purge.run(isDryRun)),
  }),

  status: defineOperation({
    tag: "operation",
    summary: "Counts, versions, broker",
    access: "admin",
    http: { method: "GET", path: "/api/status" },
    input: {},
    answer: StatusSchema,
    run: async (_input, { status }) => toStatusJson(await status.read()),
  }),

  announce: defineOperation({
    tag: "operation",
    summary: "Publish Home Assistant's MQTT discovery again",
    access: "home",
    command: "announce",
    input: {},
    answer: Type.Object({ announced: Type.Boolean() }),
    run: async (_input, { announce }) => ({ announced: await announce() }),
  }),

  /** Over HTTP `GET /healthz`, which is open to all and written by hand. */
  health: defineOperation({
    tag: "operation",
    summary: "Whether the daemon works",
    access: "admin",
    command: "health",
    input: {},
    answer: HealthAnswerSchema,
    run: (_input, { status }) => status.health(),
  }),
};
