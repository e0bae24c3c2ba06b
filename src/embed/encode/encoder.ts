import { SFACE_MODEL } from "../../domain/model.ts";
import { type Raster, toPlanes } from "../picture/raster.ts";
import type { RunNetwork } from "../runtime/onnx.ts";
import { ALIGNED_SIZE } from "./align.ts";

export interface Encoding {
  /** Of the model's length. */
  readonly encoding: Float32Array;
  /** Length of the network's raw output, 5 to 16: the better the picture, the longer. */
  readonly norm: number;
}

/** Encodes an aligned face, see `alignFace`. */
export type EncodeFace = (aligned: Raster) => Promise<Encoding>;

/**
 * SFace (https://github.com/opencv/opencv_zoo/tree/main/models/face_recognition_sface, https://arxiv.org/abs/2205.12010):
 * [1, 3, 112, 112] of R, G, B from 0 to 255; it scales them itself.
 */
export function createEncoder(run: RunNetwork): EncodeFace {
  return async (aligned) => {
    const { fc1: raw } = await run(toPlanes(aligned, "rgb"), [1, 3, ALIGNED_SIZE, ALIGNED_SIZE]);
    if (raw?.length !== SFACE_MODEL.dimension)
      throw new Error("these are not SFace's weights: they have no output fc1 of 128");
    const norm = Math.hypot(...raw);
    const scale = (SFACE_MODEL.length ?? norm) / norm;
    return { encoding: raw.map((value) => value * scale), norm };
  };
}
