/** The four cameras. */
export const CAMERAS = ["front_door", "driveway", "garden", "garage"] as const;
export type CameraName = (typeof CAMERAS)[number];

/** What a camera sees without people: SVG of 320 × 180. */
export const SCENES: Readonly<Record<CameraName, string>> = {
  front_door: [
    fill("#bfa88e"),
    lines(9, (i) => `M0 ${i * 17}h320`, "#a98f74", 1.4),
    `<path d="M0 150h320v30H0z" fill="#8c8378"/>`,
    `<path d="M24 14h78v138H24z" fill="#54626a"/>`,
    `<path d="M32 22h28v56H32zM66 22h28v56H66zM32 88h28v54H32zM66 88h28v54H66z" fill="#61727b"/>`,
    circles("#d9c27a", [95, 86, 3]),
    `<path d="M250 118h34l-5 34h-24z" fill="#9c5f43"/>`,
    circles("#6f8a5c", [258, 106, 14]),
    circles("#7f9a68", [276, 100, 16]),
    circles("#8aa672", [268, 88, 12]),
    `<path d="M214 40h18v26h-18z" fill="#3d4247"/><path d="M218 46h10v12h-10z" fill="#f2dfae"/>`,
  ].join(""),
  driveway: [
    fill("#c3d0d8"),
    circles("#9db08f", [24, 66, 30], [70, 58, 24], [286, 60, 36], [318, 70, 28]),
    `<path d="M96 26l62-22 62 22v56H96z" fill="#d8cdbd"/><path d="M90 30l68-26 68 26-3 5-65-24-65 24z" fill="#7d5f50"/>`,
    `<path d="M108 44h26v24h-26zM182 44h26v24h-26z" fill="#7f95a3"/><path d="M121 44v24M195 44v24" stroke="#d8cdbd" stroke-width="2"/>`,
    `<path d="M0 82h320v98H0z" fill="#8fa37c"/><path d="M96 82h124l74 98H20z" fill="#a7abae"/>`,
    lines(5, (i) => `M${96 - i * 15} ${82 + i * 19}h${124 + i * 30}`, "#969a9e", 1.2),
    `<path d="M230 104q4-20 24-21h30q16 1 22 20l12 4v26h-96v-22z" fill="#7c3f38"/>`,
    `<path d="M240 104q4-14 16-14h10v14zM270 90h14q10 1 16 14h-30z" fill="#b9c7cf"/>`,
    circles("#2c2e31", [246, 133, 11], [302, 133, 11]),
    circles("#8d9296", [246, 133, 5], [302, 133, 5]),
  ].join(""),
  garden: [
    fill("#c6d3da"),
    `<path d="M0 92h320v88H0z" fill="#8ea679"/><path d="M120 92h60l60 88H70z" fill="#c2b7a0"/>`,
    circles("#6f8f62", [20, 70, 34], [64, 60, 26], [236, 58, 36], [292, 68, 40], [8, 40, 22], [312, 36, 26]),
    circles("#7f9e70", [40, 78, 20], [262, 84, 22], [216, 80, 14]),
    lines(8, (i) => `M${6 + i * 44} 78v26`, "#b59b78", 5),
    `<path d="M0 84h320M0 96h320" stroke="#a58a67" stroke-width="3" fill="none"/>`,
    circles("#c96a5b", [34, 122, 4], [48, 128, 5], [26, 134, 4], [284, 126, 5], [298, 132, 4]),
    circles("#e0b54e", [58, 136, 4], [272, 138, 4], [306, 142, 5]),
  ].join(""),
  garage: [
    fill("#8f9093"),
    lines(6, (i) => `M70 ${14 + i * 22}h180`, "#7b7d81", 1.6),
    `<path d="M66 10h4v142h-4zM250 10h4v142h-4z" fill="#5d5f63"/>`,
    `<path d="M0 152h320v28H0z" fill="#6a6b6e"/>`,
    `<path d="M0 40h58v4H0zM0 84h58v4H0zM0 126h58v4H0z" fill="#b08d62"/>`,
    `<path d="M6 22h16v18H6zM28 28h20v12H28zM8 62h24v22H8zM36 70h14v14H36zM4 104h18v22H4zM26 98h22v28H26z" fill="#77695a"/>`,
    `<path d="M262 34h50v60h-50z" fill="#a9a49a"/>`,
    `<path d="M270 42v38M280 42v44M290 42v30M300 42v46" stroke="#5c5148" stroke-width="3" fill="none"/>`,
    `<circle cx="278" cy="134" r="17" fill="none" stroke="#2c2e31" stroke-width="3"/><circle cx="312" cy="134" r="17" fill="none" stroke="#2c2e31" stroke-width="3"/>`,
    `<path d="M278 134l14-26h16M292 108l-4-6h10M278 134h20l10-26" stroke="#b7553f" stroke-width="3" fill="none"/>`,
  ].join(""),
};

function fill(colour: string): string {
  return `<path d="M0 0h320v180H0z" fill="${colour}"/>`;
}

function circles(colour: string, ...centres: readonly (readonly [x: number, y: number, r: number])[]): string {
  return centres.map(([x, y, r]) => `<circle cx="${x}" cy="${y}" r="${r}" fill="${colour}"/>`).join("");
}

function lines(count: number, path: (index: number) => string, colour: string, width: number): string {
  const all = Array.from({ length: count }, (_, i) => path(i)).join("");
  return `<path d="${all}" stroke="${colour}" stroke-width="${width}" fill="none"/>`;
}
