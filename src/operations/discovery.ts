import { Type } from "typebox";
import { FacesError } from "../domain/errors.ts";
import { ClustersAnswerSchema, DiscoverySchema, toDiscoveryJson } from "../wire/out/clusters/clusters.ts";
import { answerClusters } from "./clusters.ts";
import { pageInput } from "./declare/inputs.ts";
import { defineOperation } from "./declare/operation.ts";

const path = "/api/faces/discover";

/** Start discovery, follow it, cancel it. */
export const discoveryOperations = {
  discover: defineOperation({
    tag: "discovery",
    summary: "Run discovery",
    description: "Joins one that runs. Answers when it is done, or at once with `Prefer: respond-async`.",
    access: "home",
    command: "discover",
    http: { method: "POST", path, at: { wait: "header", limit: "query" } },
    slow: true,
    input: { wait: Type.Optional(Type.Boolean()), limit: pageInput.limit },
    answer: Type.Union([ClustersAnswerSchema, DiscoverySchema]),
    async run({ wait = false, ...input }, system) {
      const { discovery, done } = system.discover.start();
      if (!wait) return toDiscoveryJson(discovery);
      const { state, error } = await done;
      if (state === "failed") {
        throw new FacesError("DISCOVERY_FAILED", `the discovery failed: ${error ?? "for an unknown reason"}`);
      }
      return await answerClusters(system, {}, input);
    },
  }),

  discovery: defineOperation({
    tag: "discovery",
    summary: "State and progress of the current or last discovery",
    access: "home",
    http: { method: "GET", path },
    input: {},
    answer: DiscoverySchema,
    run: (_input, { discover }) => toDiscoveryJson(discover.current()),
  }),

  cancel: defineOperation({
    tag: "discovery",
    summary: "Cancel the running discovery",
    access: "home",
    command: "cancel",
    http: { method: "DELETE", path },
    input: {},
    answer: DiscoverySchema,
    run: async (_input, { discover }) => toDiscoveryJson(await discover.cancel()),
  }),
};
