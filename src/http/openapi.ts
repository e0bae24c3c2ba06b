import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import { Type } from "typebox";
import { ERROR_STATUS } from "../domain/errors.ts";
import type { Api } from "./api.ts";
import { buildCsp } from "./headers.ts";

const ProblemSchema = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String({ description: "a sentence for people" }),
    code: Type.Enum(Object.keys(ERROR_STATUS)),
  },
  { description: "RFC 9457; some codes have further members", additionalProperties: true },
);

interface Operation {
  responses?: Record<string, { description?: string }>;
  requestBody?: { required?: boolean; content?: Record<string, { schema?: { required?: string[] } }> };
}

/** Describes all routes as OpenAPI 3.1, by their schemas. Must come before the routes. */
export async function addOpenApi(app: Api, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "faces2mqtt",
        version,
        description:
          "Faces, the groups discovery finds among them, and people. URLs in answers are relative to the server's root.",
      },
      components: {
        securitySchemes: {
          token: { type: "http", scheme: "bearer" },
          login: { type: "apiKey", in: "cookie", name: "faces2mqtt_session" },
        },
      },
      security: [{ token: [] }, { login: [] }],
    },
    transformObject: (document) => {
      if (!("openapiObject" in document)) throw new TypeError("an OpenAPI document was expected");
      const { openapiObject } = document;
      for (const path of Object.values(openapiObject.paths ?? {})) {
        for (const operation of Object.values(path as Record<string, Operation>)) describeProblems(operation);
      }
      // Relative to this document (api/openapi.json), so that it holds behind any path prefix.
      return { ...openapiObject, servers: [{ url: ".." }] };
    },
  });
}

/** Every operation may answer with a problem, and a body is only required when something in it is. */
function describeProblems(operation: Operation): void {
  const answers = Object.entries(operation.responses ?? {}).map(([status, response]) => {
    const isNamed = response.description !== undefined && response.description !== "Default Response";
    return [status, isNamed ? response : { ...response, description: "the answer" }];
  });
  operation.responses = {
    ...Object.fromEntries(answers),
    default: {
      description: "what went wrong",
      content: { "application/problem+json": { schema: ProblemSchema } },
    },
  };
  const { requestBody } = operation;
  if (requestBody) {
    const schemas = Object.values(requestBody.content ?? {}).map(({ schema }) => schema);
    requestBody.required = schemas.some((schema) => (schema?.required ?? []).length > 0);
  }
}

/** `/api/openapi.json`, and `/api/docs`: a page to read and try it, all of it served from here. */
export async function addDocs(app: Api, frameAncestors: readonly string[]): Promise<void> {
  app.get("/api/openapi.json", { config: { access: "login" }, schema: { hide: true } }, async (_request, reply) => {
    reply.type("application/json");
    return app.swagger();
  });
  await app.register(async (scope) => {
    scope.addHook("onRoute", (route) => {
      route.config = { ...route.config, access: "login" };
    });
    // Its links hold behind a path prefix only with a trailing slash; without one they are made relative here.
    scope.addHook("onSend", async (request, reply, payload) => {
      const location = reply.getHeader("location");
      if (typeof location === "string") reply.header("location", "../");
      const isBare = request.url.split("?")[0] === "/api/docs" && typeof payload === "string";
      return isBare ? payload.replaceAll('"/api/docs/static', '"docs/static') : payload;
    });
    await scope.register(swaggerUi, {
      routePrefix: "/api/docs",
      staticCSP: {
        ...buildCsp(frameAncestors),
        "style-src": ["'self'", "'unsafe-inline'"],
      } as Record<string, string[]>,
      uiConfig: { deepLinking: true, docExpansion: "list" },
      theme: { title: "faces2mqtt API" },
      // The page loads api/docs/json, one folder deeper than api/openapi.json.
      transformSpecification: (document) => ({ ...document, servers: [{ url: "../.." }] }),
    });
  });
}
