import helmet from "@fastify/helmet";
import type { Api } from "./api.ts";

/** Content-Security-Policy of everything that is served: own files only, and who may embed the panel. */
export function buildCsp(frameAncestors: readonly string[]): Record<string, readonly string[]> {
  return {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "blob:", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "manifest-src": ["'self'"],
    "base-uri": ["'none'"],
    "form-action": ["'none'"],
    "frame-ancestors": frameAncestors.length === 0 ? ["'none'"] : frameAncestors,
  };
}

/**
 * Headers of every answer. The panel lives in frames of Home Assistant, so `frame-ancestors` says who may embed it and
 * there is no X-Frame-Options, which cannot say that. TLS is a reverse proxy's: no HSTS from here.
 */
export async function addHeaders(app: Api, frameAncestors: readonly string[]): Promise<void> {
  const directives = Object.entries(buildCsp(frameAncestors)).map(([name, values]) => [name, [...values]]);
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: Object.fromEntries(directives) },
    crossOriginResourcePolicy: { policy: "same-origin" },
    crossOriginEmbedderPolicy: false,
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
    referrerPolicy: { policy: "no-referrer" },
    strictTransportSecurity: false,
    xContentTypeOptions: true,
    xDnsPrefetchControl: false,
    xDownloadOptions: false,
    xFrameOptions: false,
    xPermittedCrossDomainPolicies: false,
    xPoweredBy: false,
    xXssProtection: false,
  });
  // Faces stay out of caches; pictures and the panel's files say otherwise for themselves.
  app.addHook("onRequest", async (_request, reply) => {
    reply.header("cache-control", "no-store");
  });
}
