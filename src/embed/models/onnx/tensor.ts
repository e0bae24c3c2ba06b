import {
  bytesField,
  bytesOf,
  integerField,
  integersOf,
  readMessage,
  textField,
  textsOf,
  writeMessage,
} from "./wire.ts";

/** Fields of ONNX' TensorProto, https://github.com/onnx/onnx/blob/main/onnx/onnx.proto. */
const DIMS = 1;
const DATA_TYPE = 2;
const NAME = 8;
const RAW_DATA = 9;
const FLOAT = 1;
const INT8 = 3;
const INT64 = 7;

/** More values than SFace's largest tensor has (6,422,528). */
const MAX_VALUES = 1 << 24;

export interface Tensor {
  readonly dims: readonly number[];
  /** Row by row. */
  readonly values: Float32Array | Int8Array | readonly number[];
}

/** @throws {Error} naming the tensor, when it is of another type, or its values are not as many as its dimensions say. */
export function readTensor(bytes: Uint8Array): Tensor {
  const message = readMessage(bytes);
  const name = nameOfTensor(bytes);
  const dims = integersOf(message, DIMS);
  const [type] = integersOf(message, DATA_TYPE);
  const count = countValues(dims);
  const [raw] = bytesOf(message, RAW_DATA);
  if (raw === undefined) throw new Error(`tensor ${name} has no raw data`);
  const width = type === FLOAT ? 4 : type === INT8 ? 1 : type === INT64 ? 8 : null;
  if (width === null) throw new Error(`tensor ${name} is of the unexpected type ${type}`);
  if (raw.length !== count * width) throw new Error(`tensor ${name} has ${raw.length} bytes for [${dims.join(", ")}]`);
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  if (type === FLOAT)
    return { dims, values: Float32Array.from({ length: count }, (_, at) => view.getFloat32(4 * at, true)) };
  if (type === INT8) return { dims, values: Int8Array.from(raw) };
  return { dims, values: Array.from({ length: count }, (_, at) => Number(view.getBigInt64(8 * at, true))) };
}

export function nameOfTensor(bytes: Uint8Array): string {
  return textsOf(readMessage(bytes), NAME)[0] ?? "";
}

/** A TensorProto of float32. */
export function writeFloats(name: string, dims: readonly number[], values: Float32Array): Uint8Array {
  const raw = new Uint8Array(4 * values.length);
  const view = new DataView(raw.buffer);
  for (const [at, value] of values.entries()) view.setFloat32(4 * at, value, true);
  return writeMessage([
    ...dims.map((dim) => integerField(DIMS, dim)),
    integerField(DATA_TYPE, FLOAT),
    textField(NAME, name),
    bytesField(RAW_DATA, raw),
  ]);
}

/** @throws {Error} when the dimensions are not positive or give too many values. */
export function countValues(dims: readonly number[]): number {
  const count = dims.reduce((product, dim) => product * dim, 1);
  if (dims.some((dim) => dim <= 0) || count > MAX_VALUES) throw new Error(`unexpected dimensions [${dims.join(", ")}]`);
  return count;
}
