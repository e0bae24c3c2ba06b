import type { Socket } from "node:net";
import type { Client } from "aedes";

/** A client that has not logged in yet has no need of large packets. */
const BEFORE_CONNECT = 16_384;

/**
 * Aedes has no limit on a packet's size (moscajs/aedes#831): its parser gathers what its length field announces. The
 * field is read as soon as it is there, and a connection that announces too much is closed. Looks at a private part of
 * the client, which a test pins.
 */
export function guardPacketSize(
  client: Client,
  socket: Socket,
  most: number,
  onTooLarge: (bytes: number) => void,
): void {
  const parser = (client as unknown as { _parser: { packet?: { length?: number } } })._parser;
  const check = (): void => {
    const bytes = parser.packet?.length ?? 0;
    const limit = (client as unknown as { connected: boolean }).connected ? most : Math.min(most, BEFORE_CONNECT);
    if (bytes <= limit) return;
    onTooLarge(bytes);
    socket.destroy();
  };
  // After Aedes' own listeners, which run the parser.
  socket.on("readable", check);
}
