import type { Hass } from "./hass.ts";
import { until } from "./stage.ts";

const PATH = "faces2mqtt";

/** Makes an automation of one of our blueprints, as its form does. */
export async function useBlueprint(hass: Hass, id: string, blueprint: string, input: object): Promise<void> {
  await makeAutomation(hass, id, { use_blueprint: { path: `${PATH}/${blueprint}.yaml`, input } });
}

/** `content` as in YAML, without alias. Its entity is `automation.<id>`. */
export async function makeAutomation(hass: Hass, id: string, content: object): Promise<void> {
  await hass.post(`/api/config/automation/config/${id}`, { alias: id, ...content });
  await until(async () => (await hass.state(`automation.${id}`))?.state === "on", `automation.${id}`);
}

/** When it ran last; null: never. Home Assistant keeps it over restarts. */
export async function lastRun(hass: Hass, id: string): Promise<string | null> {
  const state = await hass.state(`automation.${id}`);
  if (!state) throw new Error(`there is no automation.${id}`);
  return (state.attributes.last_triggered as string | null | undefined) ?? null;
}

/** Makes an automation of a person's device trigger, as the frontend writes it. */
export async function useDeviceTrigger(hass: Hass, id: string, actions: readonly object[]): Promise<void> {
  const device = (await hass.devices()).find(({ model }) => model === "Person");
  const found = await hass.ws<{ domain: string; platform: string; metadata: object }[]>({
    type: "device_automation/trigger/list",
    device_id: device?.id,
  });
  const trigger = found.find(({ domain }) => domain === "mqtt");
  if (!trigger) throw new Error("nobody has a device trigger");
  const { platform: _platform, metadata: _metadata, ...chosen } = trigger;
  await makeAutomation(hass, id, { triggers: [{ ...chosen, trigger: "device" }], actions });
}
