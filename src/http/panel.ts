import { existsSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import { FacesError } from "../domain/errors.ts";
import type { Api } from "./api.ts";

const CARD = "faces2mqtt-card.js";

const NOT_BUILT = `<!doctype html><html lang="en"><meta charset="utf-8"><title>faces2mqtt</title>
<p>The panel has not been built. Run <code>npm run build:ui</code> and reload this page; the API is at
<a href="api/docs/">api/docs</a>.</p></html>
`;

/**
 * Serves the panel at `/` from `folder` (what Vite built). Files under `assets/` have a hash in their names and are kept
 * forever; the others are asked for again. The Lovelace card is loaded by Home Assistant's pages, from another origin.
 */
export async function addPanel(app: Api, folder: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: folder,
    serve: false,
    cacheControl: false,
    dotfiles: "ignore",
    index: false,
    suppressWarning: true,
    // Vite's build has put gzipped twins beside the larger files.
    preCompressed: true,
    setHeaders: (reply, path) => {
      // RFC 9239; Home Assistant loads the card as a module, whose type must be a JavaScript one.
      if (path.endsWith(".js")) reply.header("content-type", "text/javascript; charset=utf-8");
    },
  });

  app.get("/", { config: { access: "open" }, compress: false, schema: { hide: true } }, async (_request, reply) => {
    if (!existsSync(join(folder, "index.html"))) {
      return reply.code(503).type("text/html; charset=utf-8").send(NOT_BUILT);
    }
    return reply.sendFile("index.html");
  });

  app.get(
    `/${CARD}`,
    { config: { access: "open" }, compress: false, schema: { hide: true } },
    async (_request, reply) => {
      reply
        .header("cache-control", "no-cache")
        .header("access-control-allow-origin", "*")
        .header("cross-origin-resource-policy", "cross-origin");
      return reply.sendFile(CARD);
    },
  );

  app.get("/*", { config: { access: "open" }, compress: false, schema: { hide: true } }, async (request, reply) => {
    const path = (request.params as { "*": string })["*"];
    if (path === "api" || path.startsWith("api/")) throw new FacesError("NOT_FOUND", "there is no such route");
    if (path === "index.html") return reply.sendFile("index.html");
    const isHashed = path.startsWith("assets/") && existsSync(join(folder, path));
    reply.header("cache-control", isHashed ? "public, max-age=31536000, immutable" : "no-cache");
    return reply.sendFile(path);
  });
}
