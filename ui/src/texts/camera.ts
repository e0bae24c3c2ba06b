/** A camera's name within a sentence: `front_door` → "front door". */
export function cameraWord(camera: string): string {
  return camera.replace(/[_-]+/g, " ").trim() || camera;
}

/** The same at the beginning of a sentence. */
export function cameraTitle(camera: string): string {
  const word = cameraWord(camera);
  return word.charAt(0).toLocaleUpperCase() + word.slice(1);
}

/** A model's name as its makers write it. */
export const modelTitle = (model: string): string => ({ sface: "SFace", dlib: "dlib" })[model] ?? model;
