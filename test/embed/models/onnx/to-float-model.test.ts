import { describe, expect, it } from "vitest";
import { readTensor } from "../../../../src/embed/models/onnx/tensor.ts";
import { toFloatModel } from "../../../../src/embed/models/onnx/to-float-model.ts";
import { bytesOf, integersOf, type Message, readMessage, textsOf } from "../../../../src/embed/models/onnx/wire.ts";
import { onnx } from "../../../make/make-onnx.ts";

const WEIGHTS = onnx.bytes("w_q", [4], [1, 2, 3, -4]);
const SCALES = onnx.floats("w_s", [2], [0.5, 2]);
const ZEROS = onnx.bytes("w_z", [2], [0, 1]);
const SHAPE = onnx.integers("w_shape", [2, 2]);
const DEQUANTIZE = onnx.node("DequantizeLinear", ["w_q", "w_s", "w_z"], "w_flat", { axis: 0, block_size: 2 });
const RESHAPE = onnx.node("Reshape", ["w_flat", "w_shape"], "w");
const MULTIPLY = onnx.node("MatMul", ["picture", "w"], "answer");
const GRAPH = [
  DEQUANTIZE,
  RESHAPE,
  MULTIPLY,
  WEIGHTS,
  SCALES,
  ZEROS,
  SHAPE,
  onnx.input("picture", [1, 3, 640, 640]),
  onnx.input("w_q", [4]),
  onnx.input("w_s", [2]),
  onnx.output("answer", [1, 6400, 10]),
  onnx.between("w_flat", [4]),
];

/** What is in a graph. */
function look(bytes: Uint8Array) {
  const model = readMessage(bytes);
  const graph = readMessage(bytesOf(model, 7)[0] as Uint8Array);
  const inner = (number: number) => bytesOf(graph, number).map(readMessage);
  const sizes = (value: Message) =>
    [2, 1, 2].reduce<Message>((at, number) => readMessage(bytesOf(at, number)[0] as Uint8Array), value);
  const describeValue = (value: Message) => ({
    name: textsOf(value, 1)[0],
    dims: bytesOf(sizes(value), 1)
      .map(readMessage)
      .map((dim) => textsOf(dim, 2)[0] ?? integersOf(dim, 1)[0]),
  });
  return {
    version: integersOf(model, 1),
    name: textsOf(graph, 2),
    operators: inner(1).map((node) => textsOf(node, 4)[0]),
    stored: Object.fromEntries(
      bytesOf(graph, 5).map((tensor) => {
        const { dims, values } = readTensor(tensor);
        return [textsOf(readMessage(tensor), 8)[0], { dims, values: [...values] }];
      }),
    ),
    inputs: inner(11).map(describeValue),
    outputs: inner(12).map(describeValue),
    between: inner(13).length,
  };
}

describe("toFloatModel", () => {
  it("stores the weights as floats in their shape, and keeps the rest of the graph", () => {
    expect(look(toFloatModel(onnx.model(...GRAPH), null))).toEqual({
      version: [6],
      name: ["a graph"],
      operators: ["MatMul"],
      stored: { w: { dims: [2, 2], values: [0.5, 1, 4, -10] } },
      inputs: [{ name: "picture", dims: [1, 3, 640, 640] }],
      outputs: [{ name: "answer", dims: [1, 6400, 10] }],
      between: 0,
    });
  });

  it("sets the input's height and width free, and with them the number of rows of the output", () => {
    expect(look(toFloatModel(onnx.model(...GRAPH), "picture"))).toMatchObject({
      inputs: [{ name: "picture", dims: [1, 3, "height", "width"] }],
      outputs: [{ name: "answer", dims: [1, "n_answer", 10] }],
    });
  });

  it("keeps what is computed from the picture, and weights that were floats before", () => {
    const model = onnx.model(
      onnx.node("DequantizeLinear", ["picture", "s"], "x"),
      onnx.node("Reshape", ["x", "shape"], "y"),
      onnx.floats("s", [1], [3]),
      onnx.integers("shape", [-1]),
      onnx.floats("unused", [1], [3]),
      onnx.input("picture", [4]),
    );
    expect(look(toFloatModel(model, null))).toMatchObject({
      operators: ["DequantizeLinear", "Reshape"],
      stored: { s: { dims: [1], values: [3] }, shape: { dims: [1], values: [-1] } },
    });
  });

  it.each([
    ["no graph", Buffer.from([0x08, 0x06]), "without a graph"],
    ["scales that are not there", onnx.model(...GRAPH.filter((one) => one !== SCALES)), "w_s is not stored"],
    [
      "scales of a kind that is not known",
      onnx.model(...GRAPH.map((one) => (one === SCALES ? onnx.input("w_s", [2]) : one))),
      "w_s",
    ],
    [
      "fewer values than dimensions say",
      onnx.model(DEQUANTIZE, onnx.bytes("w_q", [4], [1]), SCALES, ZEROS),
      "has 1 bytes for [4]",
    ],
    [
      "dimensions beyond all memory",
      onnx.model(DEQUANTIZE, onnx.bytes("w_q", [1e9, 1e9], []), SCALES, ZEROS),
      "unexpected dimensions",
    ],
    [
      "a shape that does not fit",
      onnx.model(...GRAPH.map((one) => (one === SHAPE ? onnx.integers("w_shape", [3, 2]) : one))),
      "does not fit into [3,2]",
    ],
  ])("refuses a model with %s", (_, bytes, reason) => {
    expect(() => toFloatModel(bytes, null)).toThrow(reason);
  });

  it("refuses a model wherever it is cut short", () => {
    const bytes = onnx.model(...GRAPH);
    for (let length = 2; length < bytes.length - 4; length++) {
      expect(() => toFloatModel(bytes.subarray(0, length), null)).toThrow();
    }
  });

  it("refuses to free an output that is no table", () => {
    const model = onnx.model(
      MULTIPLY,
      onnx.floats("w", [1], [1]),
      onnx.input("picture", [1]),
      onnx.output("answer", [7]),
    );
    expect(() => toFloatModel(model, "picture")).toThrow("output answer has no fixed number of columns");
  });
});
