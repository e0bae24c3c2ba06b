/** What the HTTP server needs of the configuration's `http` part. */
export interface HttpConfig {
  readonly host: string;
  /** 0: any free port (tests). */
  readonly port: number;
  readonly token: string | null;
  readonly auth: "token" | "none";
  /** CSP sources that may embed the panel, `'self'` with its quotes. */
  readonly frameAncestors: readonly string[];
  /** How browsers reach the server, with the path prefix of a reverse proxy if there is one. */
  readonly publicUrl: string | null;
  /** Port of the listener for Home Assistant's ingress. */
  readonly ingressPort: number | null;
}

/** Whether a login is needed: `auth: token`, and a token is set. */
export function needsLogin(config: Pick<HttpConfig, "auth" | "token">): boolean {
  return config.auth === "token" && config.token !== null && config.token !== "";
}
