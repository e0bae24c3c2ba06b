import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { freePort } from "./free-port.mjs";

/**
 * The built daemon with its own broker on a temporary folder, without cooldown; resolves when it answers.
 * @param env Further variables of its configuration.
 */
export async function startDaemon(env = {}) {
  const folder = mkdtempSync(join(tmpdir(), "faces2mqtt-bench-"));
  const [mqttPort, httpPort] = [await freePort(), await freePort()];
  const api = `http://127.0.0.1:${httpPort}`;
  const daemon = spawn(process.execPath, [resolve(import.meta.dirname, "../../dist/main.js")], {
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      ...process.env,
      FACES2MQTT_DATA_DIR: folder,
      FACES2MQTT_MQTT_EMBEDDED_PORT: String(mqttPort),
      FACES2MQTT_HTTP_PORT: String(httpPort),
      FACES2MQTT_RECOGNITION_COOLDOWN_SECONDS: "0",
      FACES2MQTT_LOG_LEVEL: "error",
      ...env,
    },
  });
  const isUp = () =>
    fetch(`${api}/healthz`).then(
      (answer) => answer.ok,
      () => false,
    );
  for (let tries = 0; tries < 200 && !(await isUp()); tries++) await new Promise((done) => setTimeout(done, 100));
  return {
    api,
    mqttUrl: `mqtt://127.0.0.1:${mqttPort}`,
    pid: daemon.pid,
    async stop() {
      daemon.kill("SIGTERM");
      await once(daemon, "exit");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
