import Type from "typebox";
import { DLIB } from "../../domain/model.ts";
import { section, text } from "../key-types.ts";
import { isTopicFilter } from "../shapes.ts";

/** Faces that come as encodings. */
export const ingest = section(
  {
    topics: Type.Array(text("a topic filter such as cameras/+/faces", isTopicFilter), {
      default: [],
      description:
        "Topic filters besides <base_topic>/embedding/+. The first + is the camera if the payload names none",
    }),
    model: text("the name of a model", undefined, {
      default: DLIB,
      description: "What made the encodings of messages that name no model: dlib, sface, or one of models",
    }),
    dimension: Type.Literal(128, {
      default: 128,
      description: "Numbers in an encoding",
      expected: "128; a model with another number of numbers is described in models",
      retired: "the key can be left out: the model says how many numbers its encodings have",
    }),
    max_payload_bytes: Type.Integer({
      minimum: 1,
      maximum: 16_777_216,
      default: 1_048_576,
      description: "Larger messages are refused",
    }),
  },
  "Faces in",
);

/** What makes encodings, besides what is built in. */
export const models = Type.Record(
  Type.String({ pattern: "^[a-z0-9][a-z0-9._-]{0,31}$" }),
  Type.Object(
    {
      dimension: Type.Integer({ minimum: 2, maximum: 4_096 }),
      threshold: Type.Number({ exclusiveMinimum: 0, maximum: 2 }),
    },
    { additionalProperties: false, expected: "an entry such as my-model: {dimension: 512, threshold: 1.24}" },
  ),
  {
    default: {},
    additionalProperties: false,
    description:
      "Models besides dlib and sface: {my-model: {dimension: 512, threshold: 1.24}}, the threshold being the published L2 " +
      "distance between unit vectors",
  },
);
