import { describe } from "vitest";
import { describeChanges } from "./contract/changes.ts";
import { describeClusters } from "./contract/clusters.ts";
import { describeCorrections } from "./contract/corrections.ts";
import { describeCounterExamples } from "./contract/counter-examples.ts";
import { describeFaces } from "./contract/faces.ts";
import { describeGroupings } from "./contract/groupings.ts";
import { describeHistory } from "./contract/history.ts";
import { describeManyClusters } from "./contract/many-clusters.ts";
import { describeModels } from "./contract/models.ts";
import { describeMoving } from "./contract/moving.ts";
import { describePersonFaces } from "./contract/person-faces.ts";
import { describePortraits } from "./contract/portraits.ts";
import { describeReEncode } from "./contract/re-encode.ts";
import { describeRegistry } from "./contract/registry.ts";
import { describeRetention } from "./contract/retention.ts";
import { describeReview } from "./contract/review.ts";
import { describeSightings } from "./contract/sightings.ts";
import { describeStrangers } from "./contract/strangers.ts";
import { describeThinning } from "./contract/thinning.ts";
import { describeUndo } from "./contract/undo.ts";
import { describeVisits } from "./contract/visits.ts";
import type { OpenStore } from "./scene.ts";

/** What every store keeps to, whatever it is made of. */
export function describeStore(name: string, open: OpenStore): void {
  describe(`the store in ${name}`, () => {
    describeFaces(open);
    describeSightings(open);
    describePersonFaces(open);
    describeClusters(open);
    describeManyClusters(open);
    describeGroupings(open);
    describeChanges(open);
    describeMoving(open);
    describePortraits(open);
    describeCounterExamples(open);
    describeReview(open);
    describeVisits(open);
    describeCorrections(open);
    describeUndo(open);
    describeHistory(open);
    describeRetention(open);
    describeThinning(open);
    describeStrangers(open);
    describeRegistry(open);
    describeReEncode(open);
    describeModels(open);
  });
}
