/** The types of all answers, for the panel. */

export type * from "./cameras.ts";
export type * from "./candidates.ts";
export type * from "./changes.ts";
export type * from "./clusters/cluster-changes.ts";
export type * from "./clusters/clusters.ts";
export type * from "./events.ts";
export type * from "./faces.ts";
export type * from "./people/people.ts";
export type * from "./people/people-alike.ts";
export type * from "./people/person-times.ts";
export type * from "./review.ts";
export type * from "./study/advice.ts";
export type * from "./study/map.ts";
export type * from "./study/threshold.ts";
export type * from "./system/problems.ts";
export type * from "./system/re-encode.ts";
export type * from "./system/settings.ts";
export type * from "./system/snapshots.ts";
export type * from "./system/status.ts";
export type * from "./system/test-face.ts";
export type * from "./visits.ts";
