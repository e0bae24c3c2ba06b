import { randomUUID } from "node:crypto";
import type { Clock } from "../../domain/clock.ts";
import { FacesError } from "../../domain/errors.ts";
import type { Bus } from "../../domain/events.ts";
import type { IncomingFace } from "../../domain/face.ts";
import { TEST_CAMERA, TEST_KEY, type TestedFace, type TestStep } from "../../domain/health/test-face.ts";
import type { EncodingModel } from "../../domain/model.ts";
import type { RecognitionEvent } from "../../domain/recognition.ts";
import type { Settings } from "../../domain/settings.ts";
import { decide, decideVisit, toVisitMean } from "../../recognize/decide.ts";
import type { Gallery } from "../../recognize/gallery.ts";
import type { Store } from "../../store/port.ts";

/** How long a broker has to bring it back. */
const WAIT_MS = 5_000;
const MOST_AT_ONCE = 5;
/** Of dlib's encodings, about. */
const USUAL_LENGTH = 1.4;

export interface TestFacesDeps {
  readonly store: Pick<Store, "tryFace">;
  readonly gallery: (model: string) => Gallery;
  /** Of messages that name none. */
  readonly model: EncodingModel;
  readonly settings: () => Settings;
  /** Publishes as a camera does, and resolves when the broker has it. @throws `BROKER_UNREACHABLE` */
  readonly publish: (payload: string) => Promise<void>;
  readonly bus: Bus;
  readonly clock: Clock;
  /** Standard normal numbers; for tests. */
  readonly normal?: () => number;
}

/**
 * A face that goes the way of all faces, from the broker to the event, to show that it works. It is like no one, its event says
 * that it is a test, and it is deleted in the transaction that stores it: at no time can anything else see it.
 */
export interface TestFaces {
  /**
   * Sends one and waits for it.
   * @throws `BROKER_UNREACHABLE`, `TEST_FACE_LOST` when the broker does not bring it, `STORAGE_FULL`, `TOO_MANY_REQUESTS`
   */
  send(): Promise<TestedFace>;
  /** One has come. Nothing is done for one that no one waits for any more, as after a restart; never rejects. */
  take(id: string, face: IncomingFace): Promise<void>;
}

interface Waiting {
  readonly steps: TestStep[];
  resolve(event: RecognitionEvent): void;
  reject(error: unknown): void;
}

export function createTestFaces(deps: TestFacesDeps): TestFaces {
  const { store, gallery, model, settings, publish, bus, clock, normal = randomNormal } = deps;
  const waiting = new Map<string, Waiting>();

  function compare({ encoding, model: name }: IncomingFace): { threshold: number } {
    const current = settings();
    const rules = { threshold: current["recognition.threshold"], margin: current["recognition.margin"] ?? 0 };
    if (current["recognition.profile"] === "careful") {
      return decideVisit(toVisitMean([encoding], name), gallery(name), rules);
    }
    decide(encoding, gallery(name), rules);
    return rules;
  }

  return {
    async send() {
      if (waiting.size >= MOST_AT_ONCE) {
        throw new FacesError("TOO_MANY_REQUESTS", "other test faces are under way", { details: { retry_after: 5 } });
      }
      const id = randomUUID();
      const steps: TestStep[] = [];
      let giveUp: () => void = () => undefined;
      const arrived = new Promise<RecognitionEvent>((resolve, reject) => {
        waiting.set(id, { steps, resolve, reject });
        const message = `the broker did not bring the test face within ${WAIT_MS / 1000} seconds`;
        giveUp = clock.after(WAIT_MS, () => reject(new FacesError("TEST_FACE_LOST", message)));
      });
      steps.push({ step: "published", at: clock.now() });
      try {
        const encoding = randomEncoding(model, normal);
        const sent = publish(JSON.stringify({ [TEST_KEY]: id, camera: TEST_CAMERA, model: model.name, encoding }));
        const [event] = await Promise.all([arrived, sent]);
        return { event, steps };
      } finally {
        giveUp();
        waiting.delete(id);
        // Where publishing failed, no one waits for it.
        arrived.catch(() => undefined);
      }
    },

    async take(id, face) {
      const run = waiting.get(id);
      if (!run) return;
      waiting.delete(id);
      const done = (step: TestStep["step"]) => run.steps.push({ step, at: clock.now() });
      try {
        const { threshold } = compare(face);
        done("compared");
        await store.tryFace(face);
        done("stored");
        const event = toTestEvent(face, threshold);
        bus.emit("tested", { event });
        done("announced");
        run.resolve(event);
      } catch (error) {
        run.reject(error);
      }
    },
  };
}

/** Whatever it resembles: it names no one. */
function toTestEvent(face: IncomingFace, threshold: number): RecognitionEvent {
  return {
    type: "unknown",
    eventId: randomUUID(),
    faceId: 0,
    who: null,
    threshold,
    camera: face.camera,
    cameraId: face.camera,
    timestamp: face.capturedAt,
    source: null,
    box: null,
    sourceEventId: null,
    candidates: [],
    delayed: false,
    model: face.model,
    visitId: null,
    visitFaces: 1,
    strangerId: null,
    strangerVisits: null,
    zones: [],
    subLabel: null,
  };
}

/** A random direction: in so many dimensions it is far from everyone. */
function randomEncoding({ dimension, length }: EncodingModel, normal: () => number): number[] {
  const numbers = Array.from({ length: dimension }, normal);
  const scale = (length ?? USUAL_LENGTH) / Math.hypot(...numbers);
  return numbers.map((value) => value * scale);
}

/** Box and Muller, A note on the generation of random normal deviates, 1958. */
function randomNormal(): number {
  return Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
}
