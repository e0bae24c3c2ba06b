import type { MqttClient } from "mqtt";
import type { Clock } from "../../domain/clock.ts";

const CHECK_MS = 500;
/** A broker that was not heard for so long is asked. */
const QUIET_MS = 2_000;
/** It has so long to answer. Both together are far less than the keepalive, which only the broker goes by. */
const ANSWER_MS = 5_000;

export interface SilenceDeps {
  readonly client: MqttClient;
  readonly clock: Clock;
  /** We do not read at present: then the broker cannot be heard either. */
  readonly isHeldUp: () => boolean;
  /** It did not answer; `heardMs`: how long ago it was last heard. */
  readonly onSilence: (heardMs: number) => void;
}

/** Watches from now on whether a connected broker is still there: it may hang, or the network be gone, with the connection open. */
export function watchSilence({ client, clock, isHeldUp, onSilence }: SilenceDeps): () => void {
  let heardAtMs = clock.monotonicMs();
  let askedAtMs: number | null = null;
  let checkedAtMs = heardAtMs;
  let cancel: () => void = () => undefined;

  function onHeard(): void {
    heardAtMs = clock.monotonicMs();
    askedAtMs = null;
  }

  function check(): void {
    const nowMs = clock.monotonicMs();
    // This process itself was busy or asleep: what the broker sent meanwhile is not read yet.
    const wasBusy = nowMs - checkedAtMs > 2 * CHECK_MS;
    checkedAtMs = nowMs;
    if (isHeldUp()) onHeard();
    else if (askedAtMs === null) {
      if (nowMs - heardAtMs >= QUIET_MS) ask(nowMs);
    } else if (wasBusy) askedAtMs = nowMs;
    else if (nowMs - askedAtMs >= ANSWER_MS) {
      onSilence(nowMs - heardAtMs);
      return;
    }
    cancel = clock.after(CHECK_MS, check);
  }

  function ask(nowMs: number): void {
    askedAtMs = nowMs;
    client.sendPing();
  }

  client.on("packetreceive", onHeard);
  cancel = clock.after(CHECK_MS, check);
  return () => {
    cancel();
    client.off("packetreceive", onHeard);
  };
}
