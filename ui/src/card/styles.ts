import { css } from "lit";

/** Uses only the colours and shapes of Home Assistant's theme; unnamed faces are square, people round. */
export const styles = css`
  :host {
    --ink: var(--primary-text-color, #212121);
    --ink-2: var(--secondary-text-color, #727272);
    --line: var(--divider-color, #e0e0e0);
    --accent: var(--primary-color, #009ac7);
    --card: var(--ha-card-background, var(--card-background-color, #fff));
    --sure: var(--success-color, #43a047);
    --unsure: var(--warning-color, #ffa600);
    --well: color-mix(in srgb, var(--ink) 8%, var(--card));
    display: block;
    color: var(--ink);
  }
  ha-card {
    display: block;
    overflow: hidden;
    height: 100%;
    font: 400 0.875rem/1.25rem var(--ha-font-family-body, var(--paper-font-body1_-_font-family, system-ui, sans-serif));
    font-variant-numeric: tabular-nums;
  }
  h1 {
    margin: 0;
    padding: 14px 16px 0;
    font: 500 1.25rem/1.75rem var(--ha-font-family-body, var(--paper-font-body1_-_font-family, system-ui, sans-serif));
  }
  p,
  ul,
  em,
  i {
    margin: 0;
    padding: 0;
    font-style: normal;
    list-style: none;
  }
  .cut {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .small {
    font-size: 0.75rem;
    line-height: 1rem;
    color: var(--ink-2);
  }
  strong {
    display: block;
    font-weight: 600;
  }
  button,
  a {
    all: unset;
    box-sizing: border-box;
    cursor: pointer;
    -webkit-tap-highlight-color: transparent;
  }
  button:focus-visible,
  a:focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: -2px;
    border-radius: 8px;
  }
  .face {
    display: block;
    aspect-ratio: 1;
    border-radius: 10px;
    background: var(--well);
    object-fit: cover;
    flex: none;
    overflow: hidden;
  }
  .face.round {
    border-radius: 50%;
  }
  .face.s40 {
    width: 40px;
  }
  .face svg {
    display: block;
    width: 100%;
    fill: var(--ink-2);
    opacity: 0.7;
  }
  .message {
    padding: 16px;
    color: var(--ink-2);
  }

  .people {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(76px, 1fr));
    gap: 8px;
    padding: 14px 10px 10px;
    text-align: center;
  }
  .people button {
    min-width: 0;
    padding: 4px 2px;
  }
  .people .face {
    width: 56px;
    margin: 0 auto 6px;
  }
  .here .face {
    box-shadow:
      0 0 0 2px var(--card),
      0 0 0 4px var(--sure);
  }
  .people strong {
    font-size: 0.8125rem;
    line-height: 1.125rem;
  }

  .row {
    display: flex;
    align-items: center;
    gap: 12px;
    width: 100%;
    min-height: 56px;
    padding: 8px 14px;
  }
  .row > div {
    flex: 1;
    min-width: 0;
  }
  .last > li + li,
  .foot,
  .last {
    border-top: 1px solid var(--line);
  }
  .foot {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 48px;
    padding: 0 14px;
  }
  .foot .open {
    flex: 1;
    min-width: 0;
    min-height: 48px;
    display: flex;
    align-items: center;
    gap: 8px;
    font-weight: 600;
    color: var(--accent);
  }
  .arrow {
    width: 20px;
    flex: none;
    fill: currentColor;
  }
  .press {
    padding: 8px 14px;
    border-radius: 999px;
    font-weight: 600;
    color: var(--accent);
    background: color-mix(in srgb, var(--accent) 13%, var(--card));
  }
  .press[disabled] {
    opacity: 0.6;
    cursor: default;
  }
  .press.quiet {
    background: none;
    color: var(--ink-2);
  }
  .strangers .row,
  .naming {
    box-sizing: border-box;
  }
  .strangers .press,
  .naming .press {
    display: grid;
    place-items: center;
    min-height: 44px;
    padding: 0 14px;
    flex: none;
    white-space: nowrap;
  }
  .strangers [role="status"]:focus {
    outline: 0;
  }
  .naming {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    min-height: 56px;
    padding: 8px 14px;
  }
  .naming input {
    flex: 1 1 120px;
    min-width: 0;
    box-sizing: border-box;
    height: 44px;
    padding: 0 12px;
    border: 1px solid color-mix(in srgb, var(--ink) 45%, var(--card));
    border-radius: 12px;
    background: none;
    color: var(--ink);
    font: inherit;
    font-size: 1rem;
  }
  .naming input:focus {
    outline: 2px solid var(--accent);
    outline-offset: -1px;
  }
  .naming .bad {
    flex: 1 0 100%;
    color: var(--error-color, #db4437);
  }
  .mark {
    display: grid;
    place-items: center;
    width: 40px;
    height: 40px;
    flex: none;
    border-radius: 10px;
    background: color-mix(in srgb, var(--accent) 13%, var(--card));
    color: var(--accent);
    font-weight: 600;
  }

  .ruler {
    position: relative;
    width: 96px;
    height: 34px;
    flex: none;
    --tone: var(--sure);
  }
  .ruler.unsure {
    --tone: var(--unsure);
  }
  .ruler i {
    position: absolute;
  }
  .ruler::before {
    content: "";
    position: absolute;
    inset: 24px 0 auto;
    height: 2px;
    background: color-mix(in srgb, var(--ink) 35%, var(--card));
  }
  .band {
    left: 0;
    top: 21px;
    width: calc(var(--t) * 100%);
    height: 8px;
    border-radius: 4px 0 0 4px;
    background: linear-gradient(
      90deg,
      color-mix(in srgb, var(--tone) 62%, var(--card)) calc(var(--d) / var(--t) * 100%),
      color-mix(in srgb, var(--tone) 26%, var(--card)) 0
    );
  }
  .gate {
    left: calc(var(--t) * 100% - 1px);
    top: 16px;
    width: 2px;
    height: 18px;
    background: var(--ink);
  }
  .dot {
    left: calc(var(--d) * 100% - 6px);
    top: 19px;
    width: 8px;
    height: 8px;
    border: 2px solid var(--card);
    border-radius: 50%;
    background: var(--tone);
  }
  .dot em {
    position: absolute;
    left: -10px;
    bottom: 12px;
    width: 28px;
    text-align: center;
    font-size: 0.75rem;
    line-height: 1rem;
  }
`;
