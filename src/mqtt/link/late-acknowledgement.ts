import type { MqttClient } from "mqtt";

interface Packet {
  readonly cmd: string;
  readonly messageId?: number;
}

type SendPacket = (packet: Packet, callback?: (error?: Error) => void, ...rest: unknown[]) => unknown;

/**
 * Delays the acknowledgements (PUBACK) of a client without holding up the next message.
 *
 * MQTT.js handles packets one after another: `handleMessage` may call back late, but then nothing else is read, and messages
 * that arrived together could not share a transaction. So `handleMessage` calls back at once, and the acknowledgement that
 * follows is held here until `until` resolves. A rejection drops it: the broker sends the message again after a reconnect.
 * Wraps MQTT.js' private `_sendPacket`, which a test with a real broker pins.
 */
export function holdAcknowledgements(client: MqttClient): {
  /** To be called while the message is handled, before its acknowledgement is sent. */
  hold(messageId: number, until: Promise<void>): void;
  /** Forgets all: their connection is gone, the broker will send them again. */
  forget(): void;
} {
  const inside = client as unknown as { _sendPacket: SendPacket };
  const send = inside._sendPacket.bind(client);
  let held = new Map<number, Promise<void>>();

  inside._sendPacket = (packet, callback, ...rest) => {
    const until = packet.cmd === "puback" && packet.messageId !== undefined ? held.get(packet.messageId) : undefined;
    if (!until) return send(packet, callback, ...rest);
    const ofConnection = held;
    until.then(
      () => {
        if (ofConnection !== held) return;
        held.delete(packet.messageId as number);
        send(packet);
      },
      () => ofConnection.delete(packet.messageId as number),
    );
    callback?.();
    return client;
  };

  return {
    hold(messageId, until) {
      held.set(messageId, until);
    },
    forget() {
      held = new Map();
    },
  };
}
