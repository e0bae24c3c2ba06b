import type { Clock } from "../domain/clock.ts";
import type { IncomingFace } from "../domain/face.ts";
import type { TakeSnapshot } from "../domain/pictures/snapshot.ts";
import type { Rejection, RejectionCode } from "../domain/rejection.ts";
import { type MessageRules, readMessage } from "../wire/in/message.ts";
import { Rejected } from "../wire/in/rejected.ts";
import { readSnapshot } from "../wire/in/snapshot.ts";
import type { IngestMessage, LinkHandlers, OutMessage } from "./link/port.ts";
import type { Topics } from "./topics.ts";

export interface HandlerDeps {
  readonly topics: Topics;
  readonly ingest: {
    faces(faces: readonly IncomingFace[]): Promise<void>;
    reject(rejection: Rejection): void;
  };
  /** Test faces: they are marked in their message. */
  readonly tests: { take(id: string, face: IncomingFace): Promise<void> };
  readonly rules: MessageRules;
  /** null: no pictures are taken. */
  readonly pictures: { readonly take: TakeSnapshot; readonly maxBytes: number } | null;
  /** `user`: the sender's login. */
  readonly answer: (command: string, payload: Uint8Array, user: string | null) => Promise<object>;
  readonly publish: (message: OutMessage) => void;
  readonly clock: Clock;
}

/** Hands messages to the flows: reads faces and pictures, rejects what cannot be read, answers requests. */
export function createHandlers(deps: HandlerDeps): LinkHandlers {
  const { topics, ingest, tests, rules, pictures, answer, publish, clock } = deps;

  /** Settled when every face so far is: faces are stored in the order they came. */
  let stored: Promise<unknown> = Promise.resolve();

  const reject = (topic: string, code: RejectionCode, reason: string): void =>
    ingest.reject({ topic, code, reason, at: clock.now() });

  return {
    async ingest(message: IngestMessage) {
      const { topic } = message;
      if (message.will) return reject(topic, "WILL", "a last will is not a face");
      if (message.retain) return reject(topic, "RETAINED", "a retained face would come again at every connection");
      const read = readMessage(message, clock.now(), rules);
      if ("rejected" in read) return reject(topic, read.rejected.code, read.rejected.reason);
      const [face] = read.faces;
      if (read.test !== null && face) return tests.take(read.test, face);
      const storing = ingest.faces(read.faces);
      stored = storing.catch(() => undefined);
      await storing;
    },

    picture(message) {
      const { topic, will, retain, waited } = message;
      if (will) return reject(topic, "WILL", "a last will is not a picture");
      if (retain) return reject(topic, "RETAINED", "a retained picture would come again at every connection");
      if (waited) return reject(topic, "RETAINED", "the picture waited at the broker: when it was taken is not known");
      if (!pictures) return reject(topic, "BAD_FIELD", "no pictures are taken: set snapshots.enabled to true");
      try {
        pictures.take(readSnapshot(message, pictures.maxBytes), "newest");
      } catch (error) {
        if (!(error instanceof Rejected)) throw error;
        reject(topic, error.code, error.message);
      }
    },

    request(command, payload, user) {
      // A client that sends a face and then asks, asks about that face too.
      void stored
        .then(() => answer(command, payload, user))
        .then((response) => publish({ topic: topics.response(command), payload: JSON.stringify(response) }));
    },
  };
}
