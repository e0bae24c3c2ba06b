import Type from "typebox";
import { SETTING_RANGES } from "../../domain/settings.ts";
import { nullable, section } from "../key-types.ts";
import { Path } from "./common.ts";

/** What is kept. */
export const storage = section(
  {
    retention_days: Type.Integer({
      ...SETTING_RANGES["storage.retention_days"],
      default: 30,
      description: "Unassigned faces are deleted after this time. 0: never",
    }),
    frames_dir: nullable(Path, {
      default: null,
      description: "The only folder that `source` paths may point into. null: frames are never read or deleted",
    }),
    thumbnails: Type.Boolean({ default: true, description: "Keep a small picture of each face" }),
    thin: nullable(Type.Number({ exclusiveMinimum: 0, maximum: 0.3 }), {
      default: null,
      description:
        "Of unassigned faces of one ended visit that are nearer than this distance to one another, within a minute, only three " +
        "stay, which stand for the others. null: never",
    }),
  },
  "What is kept, and how long",
);
