import { createServer } from "node:http";
import type { Hass } from "./hass.ts";

export interface Push {
  readonly title: string;
  readonly message: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** A phone with the Home Assistant app on it: it gets what is really pushed. */
export interface Phone {
  /** Id in the device registry. */
  readonly deviceId: string;
  readonly pushes: Push[];
  /** What the app tells when an action of a notification was pressed, with the text that was typed. */
  press(action: string, reply: string): Promise<void>;
  stop(): Promise<void>;
}

export async function startPhone(hass: Hass, name: string): Promise<Phone> {
  const pushes: Push[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      pushes.push(JSON.parse(Buffer.concat(chunks).toString("utf8")) as Push);
      response.writeHead(201, { "content-type": "application/json" }).end("{}");
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const { webhook_id } = await hass.post<{ webhook_id: string }>("/api/mobile_app/registrations", {
    device_id: name,
    app_id: "test",
    app_name: "Test",
    app_version: "1",
    device_name: name,
    manufacturer: "Test",
    model: "Phone",
    os_name: "Test",
    os_version: "1",
    supports_encryption: false,
    app_data: { push_token: "token", push_url: `http://127.0.0.1:${port}/` },
  });
  const findDevice = async () => (await hass.devices()).find((one) => one.name === name);
  for (let tries = 0; tries < 100 && !(await findDevice()); tries++) await new Promise((done) => setTimeout(done, 100));
  const device = await findDevice();
  if (!device) throw new Error("the phone was not registered");
  return {
    deviceId: device.id,
    pushes,
    async press(action, reply) {
      await hass.post(`/api/webhook/${webhook_id}`, {
        type: "fire_event",
        data: { event_type: "mobile_app_notification_action", event_data: { action, reply_text: reply } },
      });
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
