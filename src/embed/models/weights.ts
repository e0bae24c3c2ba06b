/** The weights of one network, as they are kept: float32 ONNX, made from the block-quantised file of OpenCV's Zoo. */
export interface Weights {
  readonly name: "yunet" | "sface";
  /** For people. */
  readonly title: string;
  readonly licence: string;
  /** Name in the models folder. */
  readonly file: string;
  readonly bytes: number;
  /** Hexadecimal, of the file as it is kept. */
  readonly sha256: string;
  /** What it is made from. */
  readonly original: Original;
  /** The graph input whose height and width are set free, so that pictures of any size can be searched; null: none. */
  readonly freeInput: string | null;
}

/** A file of OpenCV's Zoo, https://github.com/opencv/opencv_zoo. */
export interface Original {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Names and hashes of the originals are those of the Zoo's LFS pointers at commit 966be4cb. */
export const WEIGHTS: readonly Weights[] = [
  {
    name: "yunet",
    title: "YuNet 2023mar (finds faces)",
    licence: "MIT",
    file: "yunet.onnx",
    bytes: 231_021,
    sha256: "d486c1d1a00a5eb2476c3ce28243b02967c9d4d7497b0f4496df46147b190a6d",
    original: {
      file: "face_detection_yunet_2023mar_int8bq.onnx",
      bytes: 122_489,
      sha256: "49f000ec501fef24739071fc7e68267d32209045b6822c0c72dce1da25726f10",
    },
    freeInput: "input",
  },
  {
    name: "sface",
    title: "SFace 2021dec (encodes faces)",
    licence: "Apache-2.0",
    file: "sface.onnx",
    bytes: 38_689_356,
    sha256: "ac81bb000d4c5d4eb363632738062d342073a353725dad75e50fa909e2a7543c",
    original: {
      file: "face_recognition_sface_2021dec_int8bq.onnx",
      bytes: 10_667_852,
      sha256: "fb143eea07838aa532d1c95df5f69899974ea0140e1fba05e94204be13ed74ee",
    },
    freeInput: null,
  },
];
