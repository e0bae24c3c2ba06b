import type { ActivityAnswer, RecognitionEventJson } from "../../../src/wire/out/schemas.ts";
import type { Http } from "./http.ts";

/** All conditions must hold. `person` is a `person_id`. */
export interface ActivityFilter {
  readonly person?: string | undefined;
  readonly camera?: string | undefined;
  readonly kind?: RecognitionEventJson["event_type"] | undefined;
}

/** Faces that cameras have seen. Everything rejects with `RequestFailed`. */
export interface ActivityApi {
  /** Newest first. */
  list(
    filter: ActivityFilter,
    page: { readonly limit: number; readonly cursor?: string | undefined; readonly signal?: AbortSignal },
  ): Promise<ActivityAnswer>;
}

export function createActivityApi(http: Http): ActivityApi {
  return {
    list: ({ person, camera, kind }, { limit, cursor, signal }) =>
      http.get("api/activity", {
        query: { person, camera, type: kind, limit, cursor },
        ...(signal ? { signal } : {}),
      }),
  };
}
