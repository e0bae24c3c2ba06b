import { FacesCard } from "./faces-card.ts";

interface CustomCard {
  readonly type: string;
  readonly name: string;
  readonly description: string;
  readonly preview: boolean;
}

declare global {
  interface Window {
    customCards?: CustomCard[];
  }
}

// A dashboard may load the module twice, from two addresses.
if (!customElements.get("faces2mqtt-card")) {
  customElements.define("faces2mqtt-card", FacesCard);
  window.customCards = [
    ...(window.customCards ?? []),
    {
      type: "faces2mqtt-card",
      name: "faces2mqtt",
      description: "Who was where, the last faces, and groups that wait for a name",
      preview: true,
    },
  ];
}
