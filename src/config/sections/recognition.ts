import Type from "typebox";
import { RECOGNITION_PROFILES, SETTING_RANGES } from "../../domain/settings.ts";
import { nullable, oneOf, section, text } from "../key-types.ts";
import { isCron } from "../shapes.ts";

/** Who a face is. */
export const recognition = section(
  {
    profile: oneOf(RECOGNITION_PROFILES, {
      default: "classic",
      description: "classic: every face by itself. careful: by visits, and not from a single face",
    }),
    threshold: Type.Number({
      exclusiveMinimum: 0,
      maximum: 2,
      default: 0.6,
      description: "A face is accepted when its distance is smaller. Lower is stricter",
    }),
    margin: nullable(Type.Number({ ...SETTING_RANGES["recognition.margin"] }), {
      default: null,
      description:
        'Minimum gap between the best and the second-best person; below it the event is "ambiguous". ' +
        "null: 0 in classic, 0.05 in careful",
    }),
    cooldown_seconds: Type.Number({
      minimum: 0,
      maximum: 86_400,
      default: 30,
      description: "At most one event per person and camera in this time. 0: every face",
    }),
    max_age_seconds: Type.Number({
      minimum: 0,
      maximum: 31_536_000,
      default: 60,
      description: 'A face older than this on arrival is "delayed": no presence, nothing on person topics. 0: no limit',
    }),
    presence_seconds: Type.Number({
      exclusiveMinimum: 0,
      maximum: 86_400,
      default: 60,
      description: "Person and camera states return to empty after this time",
    }),
    visit_seconds: Type.Number({
      ...SETTING_RANGES["recognition.visit_seconds"],
      default: 10,
      description: "A visit ends when its camera has seen nothing of it for this long",
    }),
    min_faces: Type.Integer({
      ...SETTING_RANGES["recognition.min_faces"],
      default: 2,
      description: "careful: faces a visit needs before it is decided",
    }),
  },
  "Who is it?",
);

/** Groups of unknown faces. */
export const discovery = section(
  {
    threshold: Type.Number({
      exclusiveMinimum: 0,
      maximum: 2,
      default: 0.6,
      description: "Clusters are cut at this mean distance. Lower makes more and purer clusters",
    }),
    min_cluster_size: Type.Integer({
      minimum: 1,
      maximum: 1_000_000,
      default: 1,
      description: "Smaller clusters are not shown",
    }),
    schedule: nullable(text('a cron expression such as "0 3 * * *"', isCron), {
      default: null,
      description: 'Cron expression, local time, e.g. "0 3 * * *". null: only when asked',
    }),
    cannot_link: Type.Boolean({ default: false, description: "true: faces of one frame never share a cluster" }),
    engine: oneOf(["auto", "native", "ml-hclust"], {
      default: "auto",
      description: "auto | native | ml-hclust. auto: native. ml-hclust: the slow reference, for a few hundred faces",
    }),
    first_run: Type.Integer({
      minimum: 0,
      maximum: 1_000_000,
      default: 5,
      description: "Discover once when this many faces wait and no one is named yet. 0: never",
    }),
    include_recognized: Type.Boolean({
      default: true,
      description: "false: leave out unassigned faces that a known person already matches",
    }),
  },
  "Grouping unknown faces",
);
