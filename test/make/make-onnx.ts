import { writeFloats } from "../../src/embed/models/onnx/tensor.ts";
import {
  bytesField,
  type Field,
  integerField,
  messageField,
  textField,
  writeMessage,
} from "../../src/embed/models/onnx/wire.ts";

/** Parts of ONNX files, as the Zoo's block-quantised ones have them. */
export const onnx = {
  node: (
    operator: string,
    inputs: readonly string[],
    output: string,
    attributes: Readonly<Record<string, number>> = {},
  ) =>
    messageField(1, [
      ...inputs.map((name) => textField(1, name)),
      textField(2, output),
      textField(4, operator),
      ...Object.entries(attributes).map(([name, value]) =>
        messageField(5, [textField(1, name), integerField(3, value)]),
      ),
    ]),
  bytes: (name: string, dims: readonly number[], values: readonly number[]) =>
    tensor(name, 3, dims, Buffer.from(Int8Array.from(values))),
  integers: (name: string, values: readonly number[]) =>
    tensor(name, 7, [values.length], Buffer.from(BigInt64Array.from(values, BigInt).buffer)),
  floats: (name: string, dims: readonly number[], values: readonly number[]) =>
    bytesField(5, writeFloats(name, dims, Float32Array.from(values))),
  input: (name: string, dims: readonly number[]) => value(11, name, dims),
  output: (name: string, dims: readonly number[]) => value(12, name, dims),
  between: (name: string, dims: readonly number[]) => value(13, name, dims),
  model: (...graph: readonly Field[]) =>
    writeMessage([
      integerField(1, 6),
      messageField(7, [...graph, textField(2, "a graph")]),
      messageField(8, [integerField(2, 21)]),
    ]),
};

function tensor(name: string, type: number, dims: readonly number[], raw: Uint8Array): Field {
  return messageField(5, [
    ...dims.map((dim) => integerField(1, dim)),
    integerField(2, type),
    textField(8, name),
    bytesField(9, raw),
  ]);
}

function value(field: number, name: string, dims: readonly number[]): Field {
  const shape = messageField(
    2,
    dims.map((dim) => messageField(1, [integerField(1, dim)])),
  );
  return messageField(field, [textField(1, name), messageField(2, [messageField(1, [integerField(1, 1), shape])])]);
}
