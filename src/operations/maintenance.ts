import { Type } from "typebox";
import { ReEncodingSchema, toReEncodingJson } from "../wire/out/system/re-encode.ts";
import {
  HealthAnswerSchema,
  PurgeAnswerSchema,
  RetryBrokerAnswerSchema,
  StatusSchema,
  toPurgeAnswer,
  toStatusJson,
} from "../wire/out/system/status.ts";
import { TestFaceAnswerSchema, toTestFaceAnswer } from "../wire/out/system/test-face.ts";
import { dryRun } from "./declare/inputs.ts";
import { defineOperation } from "./declare/operation.ts";

const reEncodePath = "/api/re-encode";

/** The system itself: retention, a change of the model, how it is, what it announces. */
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

  reEncode: defineOperation({
    tag: "operation",
    summary: "Make encodings of all people by another model",
    description:
      "Of the frames or thumbnails of their faces; then they are enrolled, in one change. Joins a run that goes on. After one that was cancelled or cut off, the next goes on with the faces that are left.",
    access: "admin",
    command: "re_encode",
    http: { method: "POST", path: reEncodePath },
    input: { model: Type.String({ description: "`sface`" }), dry_run: dryRun },
    answer: ReEncodingSchema,
    async run({ model, dry_run: isDryRun = false }, { reEncode, people }) {
      const { reEncoding } = await reEncode.start({ model, dryRun: isDryRun, enrol: people.enrolAgain });
      return toReEncodingJson(reEncoding);
    },
  }),

  reEncoding: defineOperation({
    tag: "operation",
    summary: "State and progress of the current or last run of new encodings, and who could not be done",
    access: "admin",
    http: { method: "GET", path: reEncodePath },
    input: {},
    answer: ReEncodingSchema,
    run: (_input, { reEncode }) => toReEncodingJson(reEncode.current()),
  }),

  cancelReEncoding: defineOperation({
    tag: "operation",
    summary: "Cancel the running one: nothing is enrolled, and what was encoded is kept for the next",
    access: "admin",
    http: { method: "DELETE", path: reEncodePath },
    input: {},
    answer: ReEncodingSchema,
    run: async (_input, { reEncode }) => toReEncodingJson(await reEncode.cancel()),
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

  retryBroker: defineOperation({
    tag: "operation",
    summary: "Try to connect to the external broker now",
    description: "Where the next attempt is waited for; otherwise nothing happens.",
    access: "admin",
    http: { method: "POST", path: "/api/broker/retry" },
    input: {},
    answer: RetryBrokerAnswerSchema,
    run(_input, { link }) {
      link.retryNow();
      return { state: link.state };
    },
  }),

  testFace: defineOperation({
    tag: "operation",
    summary: "Send a test face through the broker, and follow it to its event",
    description:
      "It is published like a camera's, compared, stored, and announced on `event` with `test: true`. It is like no one, sets no state, and is deleted in the transaction that stores it. 503 `BROKER_UNREACHABLE` without a connection, 504 `TEST_FACE_LOST` when the broker does not bring it.",
    access: "admin",
    http: { method: "POST", path: "/api/test-face" },
    input: {},
    answer: TestFaceAnswerSchema,
    run: async (_input, { testFaces }) => toTestFaceAnswer(await testFaces.send()),
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
