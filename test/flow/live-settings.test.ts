import { expect, it } from "vitest";
import { isCron } from "../../src/config/shapes.ts";
import { createBus } from "../../src/domain/events.ts";
import { silentLog } from "../../src/domain/log.ts";
import { openLiveSettings } from "../../src/flow/live-settings.ts";
import { openStore } from "../../src/store/sqlite.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { makeClock } from "../make/clock.ts";
import { makeSettings } from "../make/settings.ts";

const DEFAULTS = makeSettings();

/** The file sets a threshold and a schedule. */
async function open() {
  const store = await openStore({ folder: tempFolder(), clock: makeClock() });
  const bus = createBus((error) => {
    throw error;
  });
  const values = { ...DEFAULTS, "recognition.threshold": 0.55, "discovery.schedule": "0 4 * * *" };
  const sources = {
    "recognition.profile": "default",
    "recognition.threshold": "file",
    "recognition.margin": "default",
    "recognition.visit_seconds": "default",
    "recognition.min_faces": "default",
    "discovery.threshold": "env",
    "discovery.schedule": "file",
    "snapshots.min_score": "default",
    "snapshots.min_face_px": "default",
    "snapshots.min_norm": "default",
    "storage.retention_days": "default",
  } as const;
  const again = () =>
    openLiveSettings({ store, configured: { values, defaults: DEFAULTS, sources }, bus, isCron, log: silentLog });
  return { settings: await again(), again };
}

it("says of each value where it comes from, and keeps what was changed", async () => {
  const { settings, again } = await open();
  expect(settings.view()["recognition.threshold"]).toEqual({ value: 0.55, default: 0.6, source: "file" });
  expect(settings.view()["discovery.threshold"]).toEqual({ value: 0.6, default: 0.6, source: "env" });
  await settings.change({ "recognition.threshold": 0.4, "storage.retention_days": 0 });
  expect((await again()).view()).toMatchObject({
    "recognition.threshold": { value: 0.4, default: 0.6, source: "database" },
    "storage.retention_days": { value: 0, default: 30, source: "database" },
  });
});

it("goes back to the configuration with null, whatever was set", async () => {
  const { settings } = await open();
  await settings.change({ "recognition.threshold": 0.4, "discovery.schedule": "0 5 * * *" });
  await settings.change({ "recognition.threshold": null, "discovery.schedule": null });
  expect(settings.view()).toMatchObject({
    "recognition.threshold": { value: 0.55, source: "file" },
    "discovery.schedule": { value: "0 4 * * *", source: "file" },
  });
});

it("can switch off a schedule of the configuration", async () => {
  const { settings, again } = await open();
  await settings.change({ "discovery.schedule": "" });
  expect((await again()).view()["discovery.schedule"]).toEqual({ value: null, default: null, source: "database" });
});

it("changes nothing when one value is wrong, and names all that are", async () => {
  const { settings } = await open();
  const wrong = {
    "recognition.margin": 0.1,
    "recognition.threshold": 0.95,
    "discovery.schedule": "at night",
  };
  await expect(settings.change(wrong)).rejects.toMatchObject({
    code: "INVALID_INPUT",
    message: expect.stringMatching(/"recognition\.threshold".*"discovery\.schedule"/),
  });
  expect(settings.current()["recognition.margin"]).toBeNull();
});

it.each(["61 * * * *", "0 0 31 2 *", "2020-01-01T00:00:00", "2126-01-01T00:00:00", " "])(
  "takes no schedule that does not come again and again: %s",
  async (schedule) => {
    const { settings } = await open();
    await expect(settings.change({ "discovery.schedule": schedule })).rejects.toMatchObject({ code: "INVALID_INPUT" });
  },
);
