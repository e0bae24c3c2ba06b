import type { FastifyRequest } from "fastify";

/** Longest name of a user that is kept. */
const MOST = 100;

/**
 * Home Assistant's user, as its ingress names them: by the name that is shown, else the one they log in with.
 * Supervisor, `api/ingress.py`.
 */
export function toIngressUser({ headers }: FastifyRequest): string | null {
  for (const key of ["x-remote-user-display-name", "x-remote-user-name"]) {
    const [value] = [headers[key]].flat();
    // The header is UTF-8, which Node reads as Latin-1.
    const name = Buffer.from(value ?? "", "latin1")
      .toString("utf8")
      .replace(/\p{Cc}/gu, "")
      .trim()
      .slice(0, MOST);
    if (name !== "") return name;
  }
  return null;
}
