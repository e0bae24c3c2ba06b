import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type {
  ClustersAnswer,
  FacesAnswer,
  PeopleAnswer,
  SettingsAnswer,
  StatusJson,
} from "../../src/wire/out/schemas.ts";
import { copyDataFixture, firstSeen, readExpected } from "../helpers/data-fixture.ts";
import { startTestApp, type TestApp } from "../helpers/start-test-app.ts";

const expected = readExpected("0.1.0");

describe("the daemon on the data folder of version 0.1.0", () => {
  it("answers the same people, clusters, faces and settings", { timeout: 60_000 }, async () => {
    const folder = copyDataFixture("0.1.0");
    const daemon = await startTestApp({ folder });
    const { people } = await daemon.get<PeopleAnswer>("api/faces/registry?limit=1000");
    expect(people).toMatchObject(
      expected.people.map((one) => ({ ...one, first_seen: firstSeen(expected, one.person_id) })),
    );
    // Without a state: all but the ignored ones, known people's too.
    for (const [state, query] of [
      ["waiting", ""],
      ["ignored", "&state=ignored"],
    ] as const) {
      const { clusters } = await daemon.get<ClustersAnswer>(`api/faces/clusters?limit=1000${query}`);
      expect(clusters.map(({ representatives, ...one }) => one)).toMatchObject(
        expected[state].map(({ representatives, ...one }) => one),
      );
    }
    const { faces } = await daemon.get<FacesAnswer>("api/faces?limit=1000");
    expect(faces.toSorted((a, b) => a.face_id - b.face_id)).toMatchObject(
      expected.faces.map(({ source_event_id, encoding, thumbnail, ...face }) => ({
        ...face,
        thumbnail: thumbnail && `api/faces/${face.face_id}/thumbnail`,
      })),
    );
    const { settings } = await daemon.get<SettingsAnswer>("api/settings");
    const kept = Object.entries(settings).filter(([, { source }]) => source === "database");
    expect(Object.fromEntries(kept.map(([key, { value }]) => [key, value]))).toEqual(expected.settings);
    expect(await daemon.get<StatusJson>("api/status")).toMatchObject({ instance: expected.instance });
    await daemon.stop();
    expect(readdirSync(folder).filter((name) => name.includes("corrupt"))).toEqual([]);
  });

  it("leaves the registry file as it is, and writes the same where it is missing or people changed and changed back", {
    timeout: 60_000,
  }, async () => {
    const folder = copyDataFixture("0.1.0");
    expect(registryHash(folder)).toBe(expected.registry);
    const first = await startTestApp({ folder });
    expect(registryHash(folder)).toBe(expected.registry);
    await rename(first, "Anna", "Ännchen");
    expect(registryHash(folder)).not.toBe(expected.registry);
    await rename(first, "Ännchen", "Anna");
    expect(registryHash(folder)).toBe(expected.registry);
    await first.stop();

    rmSync(join(folder, "face_registry.json"));
    const second = await startTestApp({ folder });
    expect(registryHash(folder)).toBe(expected.registry);
    await second.stop();
  });
});

const rename = (daemon: TestApp, from: string, name: string): Promise<unknown> =>
  daemon.send("PATCH", `api/faces/registry/${encodeURIComponent(from)}`, { name });

const registryHash = (folder: string): string =>
  createHash("sha256")
    .update(readFileSync(join(folder, "face_registry.json")))
    .digest("hex");
