import { Type } from "typebox";
import type { Requests } from "../../operations/port.ts";
import { MatchAnswerSchema, Nullable, SettingsAnswerSchema, ThresholdAnswerSchema } from "../../wire/out/schemas.ts";
import type { Api } from "../api.ts";
import { closed, NoQuerySchema } from "./inputs.ts";

const settings = SettingsAnswerSchema.properties.settings.properties;

// Only the types are looked at here; what values make sense is known where settings are changed.
const SettingsBodySchema = Type.Object(
  Object.fromEntries(
    Object.entries(settings).map(([key, { properties }]) => [key, Type.Optional(Nullable(properties.value))]),
  ),
  { ...closed, description: "keys that are given are changed; null takes the change back" },
);

/** Who would this be, what is it decided by, and what would other thresholds do. */
export function addRecognitionRoutes(app: Api, requests: Requests): void {
  const tags = ["recognition"];
  const config = { access: "login" } as const;

  app.post(
    "/api/faces/match",
    {
      config,
      schema: {
        tags,
        summary: "People nearest to an encoding",
        querystring: NoQuerySchema,
        body: Type.Object({ encoding: Type.Array(Type.Number(), { description: "128 numbers" }) }, closed),
        response: { 200: MatchAnswerSchema },
      },
    },
    (request) => requests.match({ encoding: request.body.encoding }),
  );

  app.get(
    "/api/settings",
    {
      config,
      schema: {
        tags,
        summary: "Settings that may be changed while running, and where they come from",
        querystring: NoQuerySchema,
        response: { 200: SettingsAnswerSchema },
      },
    },
    () => requests.settings(),
  );

  app.patch(
    "/api/settings",
    {
      config,
      schema: {
        tags,
        summary: "Change settings",
        querystring: NoQuerySchema,
        body: SettingsBodySchema,
        response: { 200: SettingsAnswerSchema },
      },
    },
    (request) => requests.changeSettings(request.body),
  );

  app.get(
    "/api/threshold",
    {
      config: { ...config, slow: true },
      schema: {
        tags,
        summary: "What other thresholds would do",
        querystring: NoQuerySchema,
        response: { 200: ThresholdAnswerSchema },
      },
    },
    () => requests.threshold(),
  );
}
