// Variables that Home Assistant's theme may set.
const HOST_VARIABLES = [
  "--primary-text-color",
  "--secondary-text-color",
  "--primary-color",
  "--primary-background-color",
  "--card-background-color",
  "--ha-card-background",
  "--ha-card-border-color",
  "--divider-color",
  "--error-color",
  "--warning-color",
  "--success-color",
  "--ha-card-border-radius",
  "--ha-font-family-body",
  "--paper-font-body1_-_font-family",
  "--ha-font-family-code",
];

/** Whether a background needs light text; undefined if unknown. `color` as in a computed style. */
export function isDark(color: string): boolean | undefined {
  const parts = /rgba?\(\s*([\d.]+)[ ,]+([\d.]+)[ ,]+([\d.]+)/.exec(color);
  if (!parts) return undefined;
  const [red = 0, green = 0, blue = 0] = parts.slice(1).map((part) => Number(part) / 255);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.5;
}

function hostRoot(page: Window): HTMLElement | null {
  if (page.parent === page) return null;
  try {
    return page.parent.document.documentElement;
  } catch {
    // The parent is of another origin: its theme cannot be read.
    return null;
  }
}

function takeOver(from: HTMLElement, to: HTMLElement, page: Window): void {
  const theme = page.parent.getComputedStyle(from);
  let any = false;
  for (const name of HOST_VARIABLES) {
    const value = theme.getPropertyValue(name).trim();
    if (value === "") to.style.removeProperty(name);
    else {
      to.style.setProperty(name, value);
      any = true;
    }
  }
  if (!any) return;
  const probe = to.ownerDocument.createElement("i");
  probe.style.backgroundColor = "var(--f-card)";
  to.append(probe);
  const dark = isDark(page.getComputedStyle(probe).backgroundColor);
  probe.remove();
  if (dark !== undefined) to.dataset.theme = dark ? "dark" : "light";
}

/**
 * `?theme=light|dark` wins; else, in a frame of the same origin, the parent's colours are copied and followed; else the
 * browser's preference applies (CSS). Returns a function that stops following.
 */
export function followTheme(page: Window): () => void {
  const root = page.document.documentElement;
  const asked = new URLSearchParams(page.location.search).get("theme");
  if (asked === "light" || asked === "dark") {
    root.dataset.theme = asked;
    return () => {};
  }
  const host = hostRoot(page);
  if (!host) return () => {};
  takeOver(host, root, page);
  const observer = new MutationObserver(() => takeOver(host, root, page));
  observer.observe(host, { attributes: true, attributeFilter: ["style", "class"] });
  return () => observer.disconnect();
}
