// MQTT 3.1.1 at the cost of little more than its bytes, so that what is measured is the daemon and not who publishes to it.

import { once } from "node:events";
import { createConnection } from "node:net";

const CONNECT = 0x10;
const CONNACK = 0x20;
const PUBLISH = 0x30;
const PUBACK = 0x40;
const SUBSCRIBE = 0x82;
const SUBACK = 0x90;
const QOS_1 = 0x02;

const short = (value) => Buffer.from([value >> 8, value & 0xff]);
const string = (text) => Buffer.concat([short(Buffer.byteLength(text)), Buffer.from(text)]);

function toPacket(type, ...parts) {
  const body = Buffer.concat(parts);
  const length = [];
  for (let left = body.length; ; ) {
    const byte = left % 128;
    left = Math.floor(left / 128);
    length.push(left > 0 ? byte | 128 : byte);
    if (left === 0) break;
  }
  return Buffer.concat([Buffer.from([type, ...length]), body]);
}

/** Calls back with each packet of a stream: its type, its flags and what follows its length. */
function createReader(onPacket) {
  let rest = Buffer.alloc(0);
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (let at = 0; ; ) {
      let length = 0;
      let head = at + 1;
      for (let shift = 0; ; shift += 7) {
        if (head >= rest.length) break;
        length |= (rest[head] & 127) << shift;
        if ((rest[head++] & 128) === 0) break;
        if (head >= rest.length) break;
      }
      if (head >= rest.length && !(head === rest.length && length === 0)) {
        rest = rest.subarray(at);
        return;
      }
      if (head + length > rest.length) {
        rest = rest.subarray(at);
        return;
      }
      onPacket(rest[at] & 0xf0, rest[at] & 0x0f, rest.subarray(head, head + length));
      at = head + length;
      if (at === rest.length) {
        rest = Buffer.alloc(0);
        return;
      }
    }
  };
}

let clients = 0;

/** A connected client; `onMessage(payload)` gets what it subscribes to, acknowledged. */
export async function openClient(port, onMessage = () => undefined) {
  const socket = createConnection({ port, host: "127.0.0.1", noDelay: true });
  await once(socket, "connect");
  const answers = new Map();
  let onAcknowledged = () => undefined;
  const acknowledgements = [];
  socket.on(
    "data",
    createReader((type, flags, body) => {
      if (type === PUBACK) onAcknowledged(body.readUInt16BE(0));
      else if (type === PUBLISH) {
        const qos = (flags & 0x06) >> 1;
        let at = 2 + body.readUInt16BE(0);
        if (qos > 0) {
          if (acknowledgements.length === 0)
            setImmediate(() => socket.write(Buffer.concat(acknowledgements.splice(0))));
          acknowledgements.push(Buffer.from([PUBACK, 2, body[at], body[at + 1]]));
          at += 2;
        }
        onMessage(body.subarray(at));
      } else {
        answers.get(type)?.();
        answers.delete(type);
      }
    }),
  );
  const ask = (packet, answer) =>
    new Promise((done, fail) => {
      answers.set(answer, done);
      socket.once("close", () => fail(new Error("the broker closed the connection")));
      socket.write(packet);
    });
  const clean = Buffer.from([4, QOS_1]);
  await ask(toPacket(CONNECT, string("MQTT"), clean, short(0), string(`bench-${process.pid}-${clients++}`)), CONNACK);

  return {
    subscribe: (topic) => ask(toPacket(SUBSCRIBE, short(1), string(topic), Buffer.from([1])), SUBACK),
    /** Publishes all at QoS 1, so many in flight; resolves when all are acknowledged. */
    publishAll(topic, payloads, inFlight) {
      const free = Array.from({ length: Math.min(inFlight, payloads.length) }, (_, i) => i + 1);
      let next = 0;
      let left = payloads.length;
      return new Promise((done) => {
        if (left === 0) done();
        const send = () => {
          socket.cork();
          while (free.length > 0 && next < payloads.length)
            socket.write(toPacket(PUBLISH | QOS_1, string(topic), short(free.pop()), payloads[next++]));
          socket.uncork();
        };
        let isDue = false;
        onAcknowledged = (id) => {
          free.push(id);
          if (--left === 0) done();
          if (isDue) return;
          isDue = true;
          setImmediate(() => {
            isDue = false;
            send();
          });
        };
        send();
      });
    },
    close: () => socket.destroy(),
  };
}
