import type { App } from "../../app.ts";
import type { PhotoOptions } from "./photos.ts";

/**
 * Shows photos large, all faces of a frame boxed with their names. Resolves when it is closed; the focus returns to what
 * opened it.
 */
export async function openPhoto(app: App, options: PhotoOptions): Promise<void> {
  try {
    const { showLightbox } = await import("./lightbox.ts");
    await showLightbox(app, options);
  } catch (error) {
    app.complain(error);
  }
}
