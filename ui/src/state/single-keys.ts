const NAME = "faces2mqtt.single-keys";

/**
 * Whether single keys such as X and I do something: speech input and shaky hands press them by mistake. Kept in this
 * browser; https://www.w3.org/TR/WCAG22/#character-key-shortcuts
 */
export const singleKeys = {
  on(): boolean {
    try {
      return localStorage.getItem(NAME) !== "off";
    } catch {
      // Another site's frame may have no storage.
      return true;
    }
  },
  set(on: boolean): void {
    try {
      if (on) localStorage.removeItem(NAME);
      else localStorage.setItem(NAME, "off");
    } catch {
      // Without storage they stay on.
    }
  },
};
