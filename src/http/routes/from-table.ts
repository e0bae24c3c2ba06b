import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import type { FastifyRequest } from "fastify";
import { Type } from "typebox";
import {
  closed,
  type HttpRoute,
  type LocatedInput,
  locateInputs,
  type Operation,
} from "../../operations/declare/operation.ts";
import { askedBy, type System } from "../../operations/system/system.ts";
import { OPERATIONS } from "../../operations/table.ts";
import type { Gate } from "../access/gate.ts";
import { toOrigin } from "../access/origin.ts";
import { toRouteAccess } from "../access/route-access.ts";
import type { Api } from "../api.ts";
import { acceptOnly } from "../json-body.ts";
import { HTTP_EXTENSIONS, type HttpExtension } from "./extensions.ts";

/** Adds the route of every operation that has one. Everyone who passes the gate may use all of them. */
export function addOperationRoutes(app: Api, system: System, gate: Gate): void {
  const systemFor = (request: FastifyRequest) => askedBy(toOrigin(request, gate), system);
  const extensions: Readonly<Record<string, HttpExtension>> = HTTP_EXTENSIONS;
  for (const [name, operation] of Object.entries<Operation>(OPERATIONS)) {
    const { http } = operation;
    const extension = extensions[name] ?? {};
    if (!http) continue;
    const { body } = extension;
    if (!body) addRoute(app, systemFor, operation, http, extension);
    else {
      // In a scope of its own: all other routes go on taking JSON alone.
      app.register(async (scope) => {
        const api = scope.withTypeProvider<TypeBoxTypeProvider>();
        acceptOnly(api, body.types, system.rules.maxPictureBytes);
        addRoute(api, systemFor, operation, http, extension);
      });
    }
  }
}

function addRoute(
  app: Api,
  systemFor: (request: FastifyRequest) => System,
  operation: Operation,
  http: HttpRoute,
  extension: HttpExtension,
): void {
  const { tag, summary, description, deprecated, access, input, answer, slow = false } = operation;
  const { headers, responses = { 200: answer }, withHeaders, send, body } = extension;
  const inputs = locateInputs(http, input);

  function toSchema(part: LocatedInput["part"], options: { additionalProperties?: false } = closed) {
    const here = inputs.filter((one) => one.part === part);
    // The whole input, so that its description is kept.
    if (part === "body" && here.length === inputs.length) return input;
    return Type.Object(Object.fromEntries(here.map(({ key, name }) => [name, input.properties[key]!])), options);
  }

  function toBodySchema() {
    if (!body) return toSchema("body");
    const content = body.types.map((type) => [type, { schema: Type.Unsafe({ contentMediaType: type }) }] as const);
    return { content: Object.fromEntries(content) };
  }

  app.route({
    method: http.method,
    url: http.path,
    config: { access: toRouteAccess(access), slow },
    schema: {
      tags: [tag],
      summary,
      ...(description === undefined ? {} : { description }),
      ...(deprecated === undefined ? {} : { deprecated }),
      ...(http.path.includes("/:") ? { params: toSchema("path", {}) } : {}),
      querystring: toSchema("query"),
      ...(headers === undefined ? {} : { headers }),
      ...(http.method === "POST" || http.method === "PATCH" ? { body: toBodySchema() } : {}),
      response: responses,
    },
    async handler(request, reply) {
      const content = body ? { [body.input]: request.body ?? new Uint8Array() } : request.body;
      const parts = { path: request.params, query: request.query, body: content, header: {} };
      const given = inputs.flatMap(({ key, part, name }) => {
        const values = parts[part] as Readonly<Record<string, unknown>>;
        return Object.hasOwn(values, name) ? [[key, values[name]] as const] : [];
      });
      const plain = Object.fromEntries(given);
      const result = await operation.run(withHeaders?.(plain, request.headers) ?? plain, systemFor(request));
      return send?.(result, reply, request) ?? result;
    },
  });
}
