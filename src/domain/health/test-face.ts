import type { RecognitionEvent } from "../recognition.ts";

/** Marks the message of a test face; its value is the id of the test. */
export const TEST_KEY = "faces2mqtt_test";

/** The camera of test faces. */
export const TEST_CAMERA = "test";

/** What has happened to a test face, and when. */
export interface TestStep {
  readonly step: "published" | "compared" | "stored" | "announced";
  readonly at: Date;
}

/** A test face that went all the way. */
export interface TestedFace {
  readonly event: RecognitionEvent;
  /** In the order in which they were made. */
  readonly steps: readonly TestStep[];
}
