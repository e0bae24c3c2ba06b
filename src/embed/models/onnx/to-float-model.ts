import { foldWeights } from "./fold-weights.ts";
import { withFreeInput, withFreeOutput } from "./free-shapes.ts";
import { nameOfTensor, writeFloats } from "./tensor.ts";
import { bytesField, bytesOf, type Field, type Message, readMessage, textsOf, writeMessage } from "./wire.ts";

/** Fields of ONNX' ModelProto, GraphProto, NodeProto and ValueInfoProto. */
const MODEL_GRAPH = 7;
const GRAPH_NODE = 1;
const GRAPH_NAME = 2;
const GRAPH_INITIALIZER = 5;
const GRAPH_INPUT = 11;
const GRAPH_OUTPUT = 12;
const NODE_INPUT = 1;
const VALUE_NAME = 1;

/**
 * An ONNX model with block-quantised weights as one with the same weights in float32, which onnxruntime can run (it has no
 * blocks along the axes that these files use). The graph stays the same but for what made floats of the weights. Notes on the
 * shapes in between are left out: they are optional, and wrong once the input is free.
 * @param freeInput the input whose height and width may be anything from now on; null: shapes stay fixed.
 * @throws {Error} when it is not such a model.
 */
export function toFloatModel(bytes: Uint8Array, freeInput: string | null): Uint8Array {
  const model = readMessage(bytes);
  const [graphBytes] = bytesOf(model, MODEL_GRAPH);
  if (graphBytes === undefined) throw new Error("a model without a graph");
  const graph = toFloatGraph(readMessage(graphBytes), freeInput);
  return writeMessage(
    model.map((field) => (field.number === MODEL_GRAPH ? bytesField(MODEL_GRAPH, writeMessage(graph)) : field)),
  );
}

function toFloatGraph(graph: Message, freeInput: string | null): Message {
  const stored = new Map(bytesOf(graph, GRAPH_INITIALIZER).map((bytes) => [nameOfTensor(bytes), bytes]));
  const { nodes, folded } = foldWeights(bytesOf(graph, GRAPH_NODE), stored);
  const used = new Set(nodes.flatMap((node) => textsOf(readMessage(node), NODE_INPUT)));
  const isUsed = ([name]: readonly [string, unknown]) => used.has(name);
  // Older exports list the weights among the inputs too.
  const isFed = (name: string) => used.has(name) && !stored.has(name) && !folded.has(name);
  return [
    ...nodes.map((node) => bytesField(GRAPH_NODE, node)),
    ...graph.filter((field) => field.number === GRAPH_NAME),
    ...[...stored].filter(isUsed).map(([, bytes]) => bytesField(GRAPH_INITIALIZER, bytes)),
    ...[...folded]
      .filter(isUsed)
      .map(([name, { dims, values }]) => bytesField(GRAPH_INITIALIZER, writeFloats(name, dims, values))),
    ...graph.flatMap((field): Field[] => {
      if (field.wire !== 2 || (field.number !== GRAPH_INPUT && field.number !== GRAPH_OUTPUT)) return [];
      const [name = ""] = textsOf(readMessage(field.value), VALUE_NAME);
      if (field.number === GRAPH_INPUT && !isFed(name)) return [];
      if (freeInput === null) return [field];
      if (field.number === GRAPH_OUTPUT) return [bytesField(GRAPH_OUTPUT, withFreeOutput(name, field.value))];
      return name === freeInput ? [bytesField(GRAPH_INPUT, withFreeInput(name))] : [field];
    }),
  ];
}
