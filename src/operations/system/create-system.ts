import { measureInThread } from "../../recognize/figures/figures-thread.ts";
import { createReadActivity } from "../reads/activity.ts";
import { createReadAdvice } from "../reads/advice.ts";
import { createFindCandidates } from "../reads/clusters/cluster-candidates.ts";
import { createReadClusterFaces } from "../reads/clusters/cluster-faces.ts";
import { createCompareClusters } from "../reads/clusters/compare-clusters.ts";
import { createReadMap, type MapDeps } from "../reads/clusters/likeness-map.ts";
import { createReadOwnFigures, type OwnFiguresDeps } from "../reads/own-figures.ts";
import { createFindAlike } from "../reads/people/people-alike.ts";
import { createReadPersonFaces } from "../reads/people/person-faces.ts";
import { createPictures, type PicturesDeps } from "../reads/pictures.ts";
import { createSimilar } from "../reads/similar.ts";
import { createReadStatus, type StatusDeps } from "../reads/status.ts";
import { createStudyThreshold, type ThresholdDeps } from "../reads/threshold.ts";
import { createReadVisit } from "../reads/visit-detail.ts";
import type { System } from "./system.ts";

/** The parts that operations are handed as they are, and what the reads are made of. */
export type SystemDeps = Pick<
  System,
  | "store"
  | "people"
  | "discover"
  | "purge"
  | "reEncode"
  | "settings"
  | "stats"
  | "suggestions"
  | "exportPerson"
  | "toModel"
  | "toEncoding"
  | "announce"
  | "fetchSnapshot"
  | "snapshots"
  | "link"
  | "testFaces"
  | "clock"
> &
  Pick<PicturesDeps, "readFrame"> &
  Pick<ThresholdDeps, "clusterer"> &
  Pick<MapDeps, "bus" | "project"> &
  Partial<Pick<OwnFiguresDeps, "measureFigures">> &
  Omit<StatusDeps, "settings"> & { readonly rules: System["rules"] & ThresholdDeps["rules"] };

/** The system as operations see it. */
export function createSystem(deps: SystemDeps): System {
  const reads = { ...deps, settings: () => deps.settings.current() };
  const readOwnFigures = createReadOwnFigures({ measureFigures: measureInThread, ...reads });
  const findCandidates = createFindCandidates(reads);
  return {
    ...deps,
    similar: createSimilar({ ...reads, cannotLink: deps.rules.cannotLink }),
    pictures: createPictures(deps),
    status: createReadStatus(reads),
    findCandidates,
    compareClusters: createCompareClusters({ ...reads, findCandidates }),
    readClusterFaces: createReadClusterFaces(reads),
    readMap: createReadMap(reads),
    readActivity: createReadActivity(reads),
    readVisit: createReadVisit(reads),
    readPersonFaces: createReadPersonFaces(reads),
    findAlike: createFindAlike(reads),
    studyThreshold: createStudyThreshold(reads),
    readOwnFigures,
    readAdvice: createReadAdvice({ ...reads, readOwnFigures }),
  };
}
