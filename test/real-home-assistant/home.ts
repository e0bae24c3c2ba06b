import { type ChildProcess, spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inject } from "vitest";

const USER = "1".repeat(32);
const GRANT = "2".repeat(32);
const KEY = "ab".repeat(64);
const LIFE_SECONDS = 315_360_000;

/** A Home Assistant that somebody else runs cannot be stopped, and its log is not here. */
export interface Home {
  readonly url: string;
  readonly token: string;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** All it has logged since the beginning. */
  log(): string;
}

/** A headless Home Assistant with an owner, a token and the MQTT integration, all in `folder`. Not started yet. */
export function createHome(folder: string, ports: { readonly http: number; readonly mqtt: number }): Home {
  seed(folder, ports);
  const logFile = join(folder, "all.log");
  const url = `http://127.0.0.1:${ports.http}`;
  const token = toToken();
  let child: ChildProcess | null = null;

  return {
    url,
    token,
    async start() {
      const out = openSync(logFile, "a");
      child = spawn(join(inject("hassVenv"), "bin/python"), ["-m", "homeassistant", "--config", folder], {
        stdio: ["ignore", out, out],
      });
      const deadline = Date.now() + 240_000;
      while (!(await isRunning(url, token))) {
        if (child.exitCode !== null) throw new Error(`Home Assistant ended:\n${readFileSync(logFile, "utf8")}`);
        if (Date.now() > deadline) throw new Error(`Home Assistant does not start:\n${readFileSync(logFile, "utf8")}`);
        await new Promise((done) => setTimeout(done, 250));
      }
    },
    async stop() {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      const hard = setTimeout(() => child?.kill("SIGKILL"), 30_000);
      await ended;
      clearTimeout(hard);
    },
    log: () => (existsSync(logFile) ? readFileSync(logFile, "utf8") : ""),
  };
}

async function isRunning(url: string, token: string): Promise<boolean> {
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${url}/api/config`, { headers }).catch(() => null);
  if (!answer?.ok) return false;
  const config = (await answer.json()) as { state: string; components: string[] };
  return config.state === "RUNNING" && config.components.includes("mqtt");
}

/** What is in the folder already stays. */
function seed(folder: string, ports: { readonly http: number; readonly mqtt: number }): void {
  for (const name of ["", ".storage", "www", "blueprints/automation"])
    mkdirSync(join(folder, name), { recursive: true });
  const write = (name: string, text: string): void => {
    if (!existsSync(join(folder, name))) writeFileSync(join(folder, name), text);
  };
  const store = (key: string, version: number, minor: number, data: object): void =>
    write(`.storage/${key}`, JSON.stringify({ version, minor_version: minor, key, data }));
  write(
    "configuration.yaml",
    `homeassistant: {name: Home, latitude: 0, longitude: 0, elevation: 0, unit_system: metric, time_zone: UTC, country: DE, currency: EUR}
http: {server_host: 127.0.0.1, server_port: ${ports.http}}
api:
config:
mobile_app:
automation: !include automations.yaml
logger: {default: warning, logs: {homeassistant.components.mqtt: info}}
`,
  );
  write("automations.yaml", "[]\n");
  store("onboarding", 4, 1, { done: ["user", "core_config", "analytics", "integration"] });
  store("auth", 1, 1, {
    users: [
      {
        id: USER,
        group_ids: ["system-admin"],
        is_owner: true,
        is_active: true,
        name: "Owner",
        system_generated: false,
        local_only: false,
      },
    ],
    groups: ["admin", "users", "read-only"].map((name) => ({ id: `system-${name}`, name })),
    credentials: [],
    refresh_tokens: [
      {
        id: GRANT,
        user_id: USER,
        client_id: null,
        client_name: "test",
        client_icon: null,
        token_type: "long_lived_access_token",
        created_at: "2024-01-01T00:00:00.000000+00:00",
        access_token_expiration: LIFE_SECONDS,
        token: "cd".repeat(64),
        jwt_key: KEY,
        last_used_at: null,
        last_used_ip: null,
        expire_at: null,
        credential_id: null,
        version: null,
      },
    ],
  });
  store("core.config_entries", 1, 1, {
    entries: [
      {
        entry_id: "01TESTS0000000000000000000",
        version: 1,
        minor_version: 2,
        domain: "mqtt",
        title: "MQTT",
        data: { broker: "127.0.0.1", port: ports.mqtt },
        options: {},
        pref_disable_new_entities: false,
        pref_disable_polling: false,
        source: "user",
        unique_id: null,
        disabled_by: null,
      },
    ],
  });
}

/** The long-lived token of the seeded owner (RFC 7519). */
function toToken(): string {
  const pack = (data: object): string => Buffer.from(JSON.stringify(data)).toString("base64url");
  const now = Math.floor(Date.now() / 1000);
  const head = `${pack({ alg: "HS256", typ: "JWT" })}.${pack({ iss: GRANT, iat: now, exp: now + LIFE_SECONDS })}`;
  return `${head}.${createHmac("sha256", KEY).update(head).digest("base64url")}`;
}
