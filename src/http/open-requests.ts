import type { Server } from "node:http";

/** Requests that are being answered. */
export interface OpenRequests {
  /** Resolves as soon as there is none. */
  none(): Promise<void>;
}

/**
 * Counts requests under way. Connections alone do not show it: browsers open some ahead of need, and Node counts those as
 * busy until their first request.
 */
export function watchOpenRequests(server: Server): OpenRequests {
  let open = 0;
  let waiting: (() => void)[] = [];
  server.on("request", (_request, response) => {
    open += 1;
    response.once("close", () => {
      open -= 1;
      if (open > 0) return;
      for (const resolve of waiting) resolve();
      waiting = [];
    });
  });
  return {
    none: () => (open === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
  };
}
