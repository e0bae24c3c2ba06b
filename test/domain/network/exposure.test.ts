import { expect, test } from "vitest";
import { brokerExposure, httpExposure } from "../../../src/domain/network/exposure.ts";

test("a loopback address needs no login", () => {
  expect(httpExposure({ host: "127.0.0.1", auth: "token", token: null })).toBeNull();
  expect(brokerExposure({ host: "::1", users: [] })).toBeNull();
});

test.each(["0.0.0.0", "::", "192.168.1.5", "nas.local"])("%s needs a token, or auth: none written out", (host) => {
  const lacking = `${host} can be reached by others and http.token is not set`;
  expect(httpExposure({ host, auth: "token", token: null })).toContain(lacking);
  expect(httpExposure({ host, auth: "token", token: "" })).toContain(lacking);
  expect(httpExposure({ host, auth: "token", token: "secret" })).toBeNull();
  expect(httpExposure({ host, auth: "none", token: null })).toBeNull();
});

test("an embedded broker that others reach needs users", () => {
  expect(brokerExposure({ host: "0.0.0.0", users: [] })).toContain("mqtt.embedded.users is empty");
  expect(brokerExposure({ host: "0.0.0.0", users: [{ username: "front_door" }] })).toBeNull();
});
