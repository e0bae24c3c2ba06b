/** What we use of ONNX Runtime's JavaScript API, the same in all of its packages: https://onnxruntime.ai/docs/api/js/ */
export interface OnnxRuntime {
  readonly env: { readonly wasm: { numThreads?: number } };
  readonly Tensor: new (type: "float32", data: Float32Array, dims: readonly number[]) => OnnxTensor;
  readonly InferenceSession: {
    create(model: string | Uint8Array, options: OnnxSessionOptions): Promise<OnnxSession>;
  };
}

export interface OnnxTensor {
  readonly data: Float32Array;
  dispose(): void;
}

export interface OnnxSession {
  run(inputs: Readonly<Record<string, OnnxTensor>>): Promise<Record<string, OnnxTensor>>;
}

export interface OnnxSessionOptions {
  readonly intraOpNumThreads: number;
  readonly interOpNumThreads: number;
  readonly logSeverityLevel: 0 | 1 | 2 | 3 | 4;
  readonly enableMemPattern: boolean;
}

/** A loaded network: named outputs for one input. */
export type RunNetwork = (
  input: Float32Array,
  dims: readonly number[],
) => Promise<Readonly<Record<string, Float32Array>>>;
