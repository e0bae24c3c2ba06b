/** What made an encoding: dlib's face recognition network. The model of every encoding that names no other. */
export const DLIB = "dlib";

/** The models that encodings may come from. Those of different models are never compared. */
export const MODELS: readonly string[] = [DLIB];
