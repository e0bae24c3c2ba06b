import type { DiscoveryJson } from "../../../src/wire/out/schemas.ts";
import type { Http } from "./http.ts";

/** Grouping unnamed faces. Everything rejects with `RequestFailed`. */
export interface DiscoveryApi {
  /** Starts a discovery, or joins the running one; answers at once. */
  start(): Promise<DiscoveryJson>;
  cancel(): Promise<DiscoveryJson>;
}

export function createDiscoveryApi(http: Http): DiscoveryApi {
  return {
    start: () => http.send("POST", "api/faces/discover", { headers: { prefer: "respond-async" } }),
    cancel: () => http.send("DELETE", "api/faces/discover"),
  };
}
