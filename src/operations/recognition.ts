import { Type } from "typebox";
import { marginOf } from "../domain/settings.ts";
import { decide } from "../recognize/decide.ts";
import { MatchAnswerSchema, toMatchAnswer } from "../wire/out/candidates.ts";
import { AdviceAnswerSchema, toAdviceAnswer } from "../wire/out/study/advice.ts";
import { ThresholdAnswerSchema, toThresholdAnswer } from "../wire/out/study/threshold.ts";
import { SETTING_SCHEMAS, SettingsAnswerSchema } from "../wire/out/system/settings.ts";
import { Nullable } from "../wire/out/values.ts";
import { defineOperation } from "./declare/operation.ts";

/** Matching an encoding, the settings it is decided by, and the effect of other thresholds. */
export const recognitionOperations = {
  match: defineOperation({
    tag: "recognition",
    summary: "People nearest to an encoding",
    access: "admin",
    command: "match",
    http: { method: "POST", path: "/api/faces/match" },
    input: {
      encoding: Type.Array(Type.Number(), {
        description: "as many numbers as its model has; scaled to the model's length",
      }),
      model: Type.Optional(Type.String({ description: "what made it; `ingest.model` if it is not given" })),
    },
    answer: MatchAnswerSchema,
    run({ encoding, model: name }, { settings, people, toEncoding, toModel }) {
      const inForce = settings.current();
      const threshold = inForce["recognition.threshold"];
      const margin = marginOf(inForce);
      const model = toModel(name);
      const gallery = people.gallery(model.name);
      const { who, candidates } = decide(toEncoding(encoding, model), gallery, { threshold, margin });
      return toMatchAnswer(threshold, model.name, who, candidates);
    },
  }),

  settings: defineOperation({
    tag: "recognition",
    summary: "Settings that may be changed while running, and where they come from",
    access: "home",
    http: { method: "GET", path: "/api/settings" },
    input: {},
    answer: SettingsAnswerSchema,
    run: (_input, { settings }) => ({ settings: settings.view() }),
  }),

  changeSettings: defineOperation({
    tag: "recognition",
    summary: "Change settings",
    access: "home",
    command: "settings",
    http: { method: "PATCH", path: "/api/settings" },
    input: {
      "recognition.profile": Type.Optional(Nullable(SETTING_SCHEMAS["recognition.profile"])),
      "recognition.threshold": Type.Optional(Nullable(SETTING_SCHEMAS["recognition.threshold"])),
      "recognition.margin": Type.Optional(SETTING_SCHEMAS["recognition.margin"]),
      "recognition.visit_seconds": Type.Optional(Nullable(SETTING_SCHEMAS["recognition.visit_seconds"])),
      "recognition.min_faces": Type.Optional(Nullable(SETTING_SCHEMAS["recognition.min_faces"])),
      "discovery.threshold": Type.Optional(Nullable(SETTING_SCHEMAS["discovery.threshold"])),
      "discovery.schedule": Type.Optional(Nullable(SETTING_SCHEMAS["discovery.schedule"])),
      "snapshots.min_score": Type.Optional(Nullable(SETTING_SCHEMAS["snapshots.min_score"])),
      "snapshots.min_face_px": Type.Optional(Nullable(SETTING_SCHEMAS["snapshots.min_face_px"])),
      "snapshots.min_norm": Type.Optional(Nullable(SETTING_SCHEMAS["snapshots.min_norm"])),
      "storage.retention_days": Type.Optional(Nullable(SETTING_SCHEMAS["storage.retention_days"])),
    },
    inputDescription: "keys that are given are changed; null takes the change back",
    answer: SettingsAnswerSchema,
    async run(changes, { settings }) {
      const nothing = Object.keys(changes).length === 0;
      return { settings: nothing ? settings.view() : await settings.change(changes) };
    },
  }),

  advice: defineOperation({
    tag: "recognition",
    summary: "What would make recognition better",
    description: "Each with a reason, a picture and the request that does it. Kept until people or settings change.",
    access: "admin",
    command: "advice",
    http: { method: "GET", path: "/api/advice" },
    slow: true,
    input: {},
    answer: AdviceAnswerSchema,
    run: async (_input, { readAdvice }) => toAdviceAnswer(await readAdvice()),
  }),

  threshold: defineOperation({
    tag: "recognition",
    summary: "What other thresholds would do",
    access: "admin",
    http: { method: "GET", path: "/api/threshold" },
    slow: true,
    input: {},
    answer: ThresholdAnswerSchema,
    async run(_input, { studyThreshold, readOwnFigures, settings }) {
      const [study, figures] = await Promise.all([studyThreshold(), readOwnFigures()]);
      return toThresholdAnswer(study, figures, settings.current());
    },
  }),
};
