import { type Static, Type } from "typebox";
import { TEST_CAMERA, type TestedFace } from "../../../domain/health/test-face.ts";
import { RecognitionEventSchema, toTestEventJson } from "../events.ts";
import { Time } from "../values.ts";

export const TestFaceAnswerSchema = Type.Object({
  camera: Type.String(),
  event: RecognitionEventSchema,
  steps: Type.Array(Type.Object({ step: Type.Enum(["published", "compared", "stored", "announced"]), at: Time })),
});
export type TestFaceAnswer = Static<typeof TestFaceAnswerSchema>;

export function toTestFaceAnswer({ event, steps }: TestedFace): TestFaceAnswer {
  return {
    camera: TEST_CAMERA,
    event: toTestEventJson(event),
    steps: steps.map(({ step, at }) => ({ step, at: at.toISOString() })),
  };
}
