import type { Http } from "./http.ts";
import { RequestFailed } from "./problem.ts";

/** Signing in, once. Rejects with `RequestFailed`; a wrong token is 401. */
export interface SessionApi {
  /** Uses the cookie if the browser keeps it, else holds the token in memory while this page is open. */
  login(token: string): Promise<void>;
}

export function createSessionApi(http: Http): SessionApi {
  return {
    async login(token) {
      http.useToken(null);
      await http.send("POST", "api/login", { body: { token } });
      try {
        await http.get("api/settings");
      } catch (error) {
        if (!(error instanceof RequestFailed) || error.status !== 401) throw error;
        http.useToken(token);
        await http.get("api/settings");
      }
    },
  };
}
