import type { LitElement } from "lit";
import { framePath } from "../api/faces.ts";
import type { Http } from "../api/http.ts";

/** The address of a face's whole frame, for an `img`. */
export interface FrameAddress {
  /** Empty until there is one. */
  readonly now: string;
  /** Another face's frame. */
  show(face: number): void;
}

/**
 * Where the browser may send the cookie, the daemon's own address; else of the fetched picture, which is released with the
 * element or when another is shown.
 * @param http Asked when a face is shown, as the element has no properties before.
 * @param missing Called when the frame of the face that is shown cannot be fetched.
 */
export function createFrameAddress(host: LitElement, http: () => Http, missing: () => void): FrameAddress {
  let now = "";
  let shown: number | null = null;
  const free = (): void => {
    if (now.startsWith("blob:")) URL.revokeObjectURL(now);
    now = "";
  };
  host.addController({ hostDisconnected: free });

  async function fetchFrame(face: number): Promise<void> {
    try {
      const blob = await (await http().open(framePath(face))).blob();
      if (shown !== face || !host.isConnected) return;
      now = URL.createObjectURL(blob);
      host.requestUpdate();
    } catch {
      if (shown === face) missing();
    }
  }

  return {
    get now() {
      return now;
    },
    show(face) {
      free();
      shown = face;
      if (http().usesHeader) void fetchFrame(face);
      else now = http().url(framePath(face));
    },
  };
}
