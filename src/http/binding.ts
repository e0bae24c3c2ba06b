import { StartRefused } from "../domain/errors.ts";
import { isLoopback } from "../domain/loopback.ts";
import { type HttpConfig, needsLogin } from "./http-config.ts";

/**
 * Nothing open by accident: an address that others can reach needs a token, unless `auth: none` is written out.
 * @throws {StartRefused} saying both ways out.
 */
export function checkBinding(config: Pick<HttpConfig, "host" | "token" | "auth">): void {
  if (isLoopback(config.host) || config.auth === "none" || needsLogin(config)) return;
  throw new StartRefused(
    `http.host is ${config.host}, which others can reach, and http.token is not set: set http.token, ` +
      "or http.host to 127.0.0.1, or write out http.auth: none to let everybody in",
  );
}
