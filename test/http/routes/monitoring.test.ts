import { expect, test } from "vitest";
import { startServer } from "../start-server.ts";

test("health is 503 while the daemon does not work", async () => {
  const { url, broker } = await startServer();
  const health = async () => {
    const response = await fetch(`${url}/healthz`);
    return [response.status, await response.json()];
  };
  expect(await health()).toEqual([200, { healthy: true, version: "1.2.3", broker: "connected" }]);
  broker.state = "stopped";
  expect(await health()).toEqual([503, { healthy: false, version: "1.2.3", broker: "stopped" }]);
});

test("metrics are text for Prometheus", async () => {
  const { url } = await startServer();
  const response = await fetch(`${url}/metrics`);
  expect(response.headers.get("content-type")).toBe("text/plain; version=0.0.4");
  expect(await response.text()).toBe("faces2mqtt_faces_total 1\n");
});
