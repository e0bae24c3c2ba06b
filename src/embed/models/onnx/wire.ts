/**
 * Protocol buffers as they stand on the wire, as far as ONNX needs them: a message is a row of numbered fields.
 * https://protobuf.dev/programming-guides/encoding/
 */
export type Field =
  | { readonly number: number; readonly wire: 0; readonly value: bigint }
  | { readonly number: number; readonly wire: 1 | 2 | 5; readonly value: Uint8Array };

export type Message = readonly Field[];

/** More fields than any message of the known models has (754), so that bad input cannot fill the memory. */
const MAX_FIELDS = 100_000;

/** Reads one message; those within it stay bytes. @throws {Error} when it is cut short or no message. */
export function readMessage(bytes: Uint8Array): Message {
  const fields: Field[] = [];
  const reader = readFrom(bytes);
  while (!reader.ended()) {
    if (fields.length === MAX_FIELDS) throw new Error(`a message with more than ${MAX_FIELDS} fields`);
    const key = reader.varint();
    const number = Number(key >> 3n);
    const wire = Number(key & 7n);
    if (number === 0) throw new Error("a field without a number");
    if (wire === 0) fields.push({ number, wire, value: reader.varint() });
    else if (wire === 1) fields.push({ number, wire, value: reader.take(8) });
    else if (wire === 2) fields.push({ number, wire, value: reader.take(Number(reader.varint())) });
    else if (wire === 5) fields.push({ number, wire, value: reader.take(4) });
    else throw new Error(`a field of the unknown wire type ${wire}`);
  }
  return fields;
}

/** The bytes of a message. */
export function writeMessage(message: Message): Uint8Array {
  const parts = message.flatMap((field) => {
    const key = toVarint((BigInt(field.number) << 3n) | BigInt(field.wire));
    if (field.wire === 0) return [key, toVarint(BigInt.asUintN(64, field.value))];
    if (field.wire === 2) return [key, toVarint(BigInt(field.value.length)), field.value];
    return [key, field.value];
  });
  return Buffer.concat(parts);
}

/** Whole numbers of a field that may be repeated, packed into one or not. */
export function integersOf(message: Message, number: number): number[] {
  return message.flatMap((field) => {
    if (field.number !== number) return [];
    if (field.wire === 0) return [toInteger(field.value)];
    const integers: number[] = [];
    const reader = readFrom(field.value);
    while (!reader.ended()) integers.push(toInteger(reader.varint()));
    return integers;
  });
}

/** Bytes of a field that may be repeated. */
export function bytesOf(message: Message, number: number): Uint8Array[] {
  return message.flatMap((field) => (field.number === number && field.wire === 2 ? [field.value] : []));
}

/** Texts of a field that may be repeated. */
export function textsOf(message: Message, number: number): string[] {
  return bytesOf(message, number).map((bytes) => Buffer.from(bytes).toString("utf8"));
}

export function bytesField(number: number, value: Uint8Array): Field {
  return { number, wire: 2, value };
}

export function textField(number: number, text: string): Field {
  return bytesField(number, Buffer.from(text, "utf8"));
}

export function messageField(number: number, message: Message): Field {
  return bytesField(number, writeMessage(message));
}

export function integerField(number: number, value: number): Field {
  return { number, wire: 0, value: BigInt(value) };
}

function readFrom(bytes: Uint8Array) {
  let at = 0;
  return {
    ended: () => at >= bytes.length,
    varint(): bigint {
      let value = 0n;
      for (let shift = 0n; shift < 64n; shift += 7n) {
        const byte = bytes[at++];
        if (byte === undefined) throw new Error("it is cut short within a number");
        value |= BigInt(byte & 0x7f) << shift;
        if (byte < 0x80) return BigInt.asUintN(64, value);
      }
      throw new Error("a number of more than 64 bits");
    },
    take(length: number): Uint8Array {
      if (length > bytes.length - at) throw new Error("it is cut short within a field");
      at += length;
      return bytes.subarray(at - length, at);
    },
  };
}

function toInteger(value: bigint): number {
  const integer = Number(BigInt.asIntN(64, value));
  if (!Number.isSafeInteger(integer)) throw new Error(`the number ${value} is too large`);
  return integer;
}

function toVarint(value: bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}
