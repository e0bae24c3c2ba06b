import {
  bytesOf,
  type Field,
  integerField,
  integersOf,
  type Message,
  messageField,
  readMessage,
  textField,
  writeMessage,
} from "./wire.ts";

/** Fields of ONNX' ValueInfoProto, TypeProto, TypeProto.Tensor, TensorShapeProto and its Dimension. */
const NAME = 1;
const TYPE = 2;
const TENSOR = 1;
const ELEMENT = 1;
const SHAPE = 2;
const DIMENSION = 1;
const FIXED = 1;
const FREE = 2;
const FLOAT = 1;

/** An input of one RGB picture of any size: [1, 3, height, width]. */
export function withFreeInput(name: string): Uint8Array {
  return toValue(name, [fixed(1), fixed(3), free("height"), free("width")]);
}

/**
 * An output [1, n, columns] whose n depends on the picture's size.
 * @throws {Error} when the output has another shape.
 */
export function withFreeOutput(name: string, value: Uint8Array): Uint8Array {
  const dims = bytesOf(inner(inner(inner(readMessage(value), TYPE), TENSOR), SHAPE), DIMENSION);
  const columns = dims.length === 3 ? integersOf(readMessage(dims[2] as Uint8Array), FIXED)[0] : undefined;
  if (columns === undefined) throw new Error(`output ${name} has no fixed number of columns`);
  return toValue(name, [fixed(1), free(`n_${name}`), fixed(columns)]);
}

function inner(message: Message, number: number): Message {
  const [bytes] = bytesOf(message, number);
  return bytes === undefined ? [] : readMessage(bytes);
}

function toValue(name: string, dims: readonly Field[]): Uint8Array {
  const shape = dims.map((dim) => messageField(DIMENSION, [dim]));
  const tensor = [integerField(ELEMENT, FLOAT), messageField(SHAPE, shape)];
  return writeMessage([textField(NAME, name), messageField(TYPE, [messageField(TENSOR, tensor)])]);
}

const fixed = (size: number) => integerField(FIXED, size);
const free = (name: string) => textField(FREE, name);
