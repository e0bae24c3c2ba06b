import type { ReEncode } from "../flow/re-encode/re-encode.ts";
import type { AppContext } from "./context.ts";
import type { DiscoveryFlow } from "./discovery-flow.ts";
import type { FaceFlow } from "./face-flow.ts";
import type { Pictures } from "./pictures.ts";
import type { Storage } from "./storage.ts";

/** What the adapters serve: the two flows, and what both keep. */
export interface Flows {
  readonly context: AppContext;
  readonly storage: Storage;
  readonly faces: FaceFlow;
  /** null: no pictures are taken. */
  readonly pictures: Pictures | null;
  readonly discovery: DiscoveryFlow;
  readonly reEncode: ReEncode;
}
