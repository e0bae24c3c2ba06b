import { describe, expect, it } from "vitest";
import {
  bytesOf,
  integerField,
  integersOf,
  type Message,
  messageField,
  readMessage,
  textField,
  textsOf,
  writeMessage,
} from "../../../../src/embed/models/onnx/wire.ts";

const MESSAGE: Message = [
  integerField(1, 150),
  integerField(1, -1),
  { number: 2, wire: 1, value: Buffer.from("12345678") },
  { number: 3, wire: 5, value: Buffer.from("1234") },
  textField(4, "Łukasz"),
  messageField(5, [integerField(7, 300)]),
];

describe("a message on the wire", () => {
  it("is read as it was written", () => {
    const message = readMessage(writeMessage(MESSAGE));
    expect(integersOf(message, 1)).toEqual([150, -1]);
    expect(textsOf(message, 4)).toEqual(["Łukasz"]);
    expect(integersOf(readMessage(bytesOf(message, 5)[0] as Uint8Array), 7)).toEqual([300]);
    expect(writeMessage(message)).toEqual(writeMessage(MESSAGE));
  });

  it("is what the encoding guide says", () => {
    expect(writeMessage([integerField(1, 150)])).toEqual(Buffer.from([0x08, 0x96, 0x01]));
    expect(writeMessage([textField(2, "testing")])).toEqual(Buffer.from("\x12\x07testing"));
    // Packed: 3, 270, 86942.
    const packed = Buffer.from([0x32, 0x06, 0x03, 0x8e, 0x02, 0x9e, 0xa7, 0x05]);
    expect(integersOf(readMessage(packed), 6)).toEqual([3, 270, 86_942]);
  });

  it("is refused wherever it is cut short within a field", () => {
    const bytes = writeMessage(MESSAGE);
    const ends = new Set(MESSAGE.map((_, at) => writeMessage(MESSAGE.slice(0, at + 1)).length));
    for (let length = 1; length < bytes.length; length++) {
      if (ends.has(length)) continue;
      expect(() => readMessage(bytes.subarray(0, length))).toThrow("cut short");
    }
  });

  it.each([
    ["a number that does not end", [0x08, ...Array(11).fill(0xff)], "more than 64 bits"],
    ["a length beyond everything", [0x12, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f], "cut short"],
    ["an unknown wire type", [0x0b], "unknown wire type 3"],
    ["a field without a number", [0x00, 0x01], "without a number"],
    ["more fields than any model has", Array(200_002).fill(0x08), "more than 100000 fields"],
  ])("is refused with %s", (_, bytes, reason) => {
    expect(() => readMessage(Uint8Array.from(bytes))).toThrow(reason);
  });

  it("has no whole numbers that are not exact", () => {
    const message: Message = [{ number: 1, wire: 0, value: 2n ** 60n }];
    expect(() => integersOf(message, 1)).toThrow("too large");
  });
});
