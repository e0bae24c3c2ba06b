import { changeOperations } from "./changes.ts";
import { clusterChangeOperations } from "./cluster-changes.ts";
import { clusterOperations } from "./clusters.ts";
import type { Operation } from "./declare/operation.ts";
import { discoveryOperations } from "./discovery.ts";
import { faceOperations } from "./faces.ts";
import { systemOperations } from "./maintenance.ts";
import { peopleOperations } from "./people.ts";
import { recognitionOperations } from "./recognition.ts";
import { reviewOperations } from "./review.ts";
import { snapshotOperations } from "./snapshots.ts";
import { strangerOperations } from "./strangers.ts";
import { visitOperations } from "./visits.ts";

/** All operations. HTTP's routes, its description, MQTT's commands and the lists in docs/ are made from it. */
export const OPERATIONS = {
  ...discoveryOperations,
  ...clusterOperations,
  ...clusterChangeOperations,
  ...peopleOperations,
  ...strangerOperations,
  ...visitOperations,
  ...faceOperations,
  ...snapshotOperations,
  ...changeOperations,
  ...recognitionOperations,
  ...reviewOperations,
  ...systemOperations,
};

/** The operations that MQTT has, by the names of their commands. The answers are the JSON of HTTP. */
export const COMMANDS: ReadonlyMap<string, Operation> = new Map(
  Object.values<Operation>(OPERATIONS).flatMap((operation) =>
    operation.command === undefined ? [] : [[operation.command, operation]],
  ),
);

/** Commands that the broker's users of the role `home` may publish. */
export const HOME_ROLE_COMMANDS: ReadonlySet<string> = new Set(
  [...COMMANDS].flatMap(([command, { access }]) => (access === "home" ? [command] : [])),
);
