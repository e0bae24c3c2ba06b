import type { ReEncodingJson, RefusedAnswer } from "../../../src/wire/out/schemas.ts";
import type { Http } from "./http.ts";

/** Pictures that come in, and new encodings made of old ones. Everything rejects with `RequestFailed`. */
export interface PicturesApi {
  /** The last faces that failed a gate, newest first. */
  refused(camera: string): Promise<RefusedAnswer>;
  /** What was made so far, by the run that goes on or the last one. */
  reencoding(): Promise<ReEncodingJson>;
  /** What a run would do; where one goes on already, how far it is. */
  reencodePreview(model: string): Promise<ReEncodingJson>;
  reencode(model: string): Promise<ReEncodingJson>;
  cancelReencoding(): Promise<ReEncodingJson>;
}

/** A preview is a run too, though a short one: it is asked for again after this time. */
const PREVIEW_MS = 200;
const RE_ENCODE = "api/re-encode";

export function createPicturesApi(http: Pick<Http, "get" | "send">): PicturesApi {
  return {
    refused: (camera) => http.get("api/snapshots/refused", { query: { camera } }),
    reencoding: () => http.get(RE_ENCODE),
    async reencodePreview(model) {
      let run = await http.send<ReEncodingJson>("POST", RE_ENCODE, { body: { model, dry_run: true } });
      while (run.state === "running" && run.dry_run) {
        await new Promise((done) => setTimeout(done, PREVIEW_MS));
        run = await http.get(RE_ENCODE);
      }
      return run;
    },
    reencode: (model) => http.send("POST", RE_ENCODE, { body: { model } }),
    cancelReencoding: () => http.send("DELETE", RE_ENCODE),
  };
}
