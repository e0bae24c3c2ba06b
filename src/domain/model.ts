/** What made an encoding: dlib's face recognition network. The model of every encoding that names no other. */
export const DLIB = "dlib";

/**
 * OpenCV's SFace (https://github.com/opencv/opencv_zoo/tree/main/models/face_recognition_sface): what the daemon itself makes
 * encodings of pictures with.
 */
export const SFACE = "sface";

/** The distance that faces are accepted under by default; encodings of unit length are scaled so that it fits them. */
export const COMMON_THRESHOLD = 0.6;

/** The L2 distance between unit vectors under which SFace's encodings are one person's (cosine 0.485). */
const SFACE_THRESHOLD = 1.015;

/** A model and the shape of its encodings. Those of different models are never compared. */
export interface EncodingModel {
  readonly name: string;
  /** Numbers in an encoding. */
  readonly dimension: number;
  /**
   * The length that every encoding is scaled to on arrival, and every mean of some is put back to; null: encodings and their
   * means stay as they come.
   */
  readonly length: number | null;
}

/** By name. */
export type Models = ReadonlyMap<string, EncodingModel>;

/** A model of the configuration: how many numbers, and its published threshold as L2 distance between unit vectors. */
export interface ConfiguredModel {
  readonly dimension: number;
  readonly threshold: number;
}

/** dlib's encodings stay as they come, and so do their means. */
const DLIB_MODEL: EncodingModel = { name: DLIB, dimension: 128, length: null };

/** SFace's encodings are unit vectors scaled by 0.6 / 1.015. */
export const SFACE_MODEL: EncodingModel = toUnitModel(SFACE, 128, SFACE_THRESHOLD);

/** The models that are built in, and those of the configuration. */
export function buildModels(configured: Readonly<Record<string, ConfiguredModel>> = {}): Models {
  const further = Object.entries(configured).map(([name, { dimension, threshold }]) =>
    toUnitModel(name, dimension, threshold),
  );
  return new Map([DLIB_MODEL, SFACE_MODEL, ...further].map((model) => [model.name, model]));
}

/** Whether faces can have the model. The others are known only from encodings that there are of them. */
export function isDescribed(model: EncodingModel | undefined): boolean {
  return model !== undefined && (model.name === DLIB || model.length !== null);
}

function toUnitModel(name: string, dimension: number, threshold: number): EncodingModel {
  return { name, dimension, length: COMMON_THRESHOLD / threshold };
}
