import type { FastifyRequest } from "fastify";
import { expect, it } from "vitest";
import { createIngressGate, createOpenGate } from "../../../src/http/access/gate.ts";
import { toOrigin } from "../../../src/http/access/origin.ts";

const utf8 = (text: string): string => Buffer.from(text, "utf8").toString("latin1");
const request = (headers: object) => ({ headers }) as FastifyRequest;
const ingress = createIngressGate("172.30.32.2");

it.each([
  [{ "x-remote-user-display-name": utf8("Łucja"), "x-remote-user-name": "lucja" }, "Łucja"],
  [{ "x-remote-user-name": "lucja" }, "lucja"],
  [{ "x-remote-user-display-name": " \t", "x-remote-user-name": "lucja" }, "lucja"],
  [{}, null],
])("the user of ingress is named by its headers: %j", (headers, user) => {
  expect(toOrigin(request(headers), ingress)).toEqual({ via: "http", user });
});

it("elsewhere no header names a user, and the panel is known by what it sends", () => {
  const open = createOpenGate({ host: "127.0.0.1", publicUrl: null });
  const headers = { "x-remote-user-name": "mallory", "x-requested-with": "faces2mqtt" };
  expect(toOrigin(request(headers), open)).toEqual({ via: "panel", user: null });
});
