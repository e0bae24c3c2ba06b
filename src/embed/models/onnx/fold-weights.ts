import { dequantize } from "./dequantize.ts";
import { countValues, readTensor } from "./tensor.ts";
import { bytesOf, integersOf, type Message, readMessage, textsOf } from "./wire.ts";

/** Fields of ONNX' NodeProto and AttributeProto. */
const INPUT = 1;
const OUTPUT = 2;
const OPERATOR = 4;
const ATTRIBUTE = 5;
const ATTRIBUTE_NAME = 1;
const ATTRIBUTE_INTEGER = 3;

/** Weights as float32. */
export interface FloatWeights {
  readonly dims: readonly number[];
  readonly values: Float32Array;
}

/** What is left of a graph when its quantised weights are folded into floats. */
export interface Folded {
  /** The nodes that still compute something, in their order. */
  readonly nodes: readonly Uint8Array[];
  /** The floats that the other nodes made, by the name of what they are to the rest of the graph. */
  readonly folded: ReadonlyMap<string, FloatWeights>;
}

/**
 * Computes now what only depends on stored weights: DequantizeLinear of a stored tensor, and Reshape of the result.
 * @param nodes NodeProtos in the order of the graph, which is that of computing.
 * @param stored TensorProtos by name.
 */
export function foldWeights(nodes: readonly Uint8Array[], stored: ReadonlyMap<string, Uint8Array>): Folded {
  const folded = new Map<string, FloatWeights>();
  const tensor = (name: string | undefined) => {
    const bytes = name === undefined ? undefined : stored.get(name);
    if (bytes === undefined) throw new Error(`the tensor ${name} is not stored in the file`);
    return readTensor(bytes);
  };
  const fold = (node: Message): FloatWeights | null => {
    const [first = "", second, third] = textsOf(node, INPUT);
    const [operator] = textsOf(node, OPERATOR);
    if (operator === "DequantizeLinear" && stored.has(first)) {
      const quantised = tensor(first);
      const zeroPoint = third === undefined || third === "" ? null : tensor(third);
      const blocks = { axis: attribute(node, "axis") ?? 1, block: attribute(node, "block_size") ?? 0 };
      return { dims: quantised.dims, values: dequantize(quantised, tensor(second), zeroPoint, blocks) };
    }
    const source = folded.get(first);
    if (operator === "Reshape" && source !== undefined) {
      const dims = Array.from(tensor(second).values);
      if (countValues(dims) !== source.values.length) throw new Error(`${first} does not fit into [${dims.join()}]`);
      return { dims, values: source.values };
    }
    return null;
  };
  const left = nodes.filter((bytes) => {
    const node = readMessage(bytes);
    const weights = fold(node);
    const [output] = textsOf(node, OUTPUT);
    if (weights === null || output === undefined) return true;
    folded.set(output, weights);
    return false;
  });
  return { nodes: left, folded };
}

function attribute(node: Message, name: string): number | undefined {
  const found = bytesOf(node, ATTRIBUTE)
    .map(readMessage)
    .find((message) => textsOf(message, ATTRIBUTE_NAME)[0] === name);
  return found === undefined ? undefined : integersOf(found, ATTRIBUTE_INTEGER)[0];
}
