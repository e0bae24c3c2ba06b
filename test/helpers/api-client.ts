/** JSON over the daemon's HTTP API. Both throw with the status and body of an answer that is not 2xx. */
export interface ApiClient {
  get<T>(path: string): Promise<T>;
  send<T>(method: string, path: string, body?: unknown): Promise<T>;
}

/**
 * @param url `http://127.0.0.1:<port>`
 * @param token Sent with each request; null: none.
 */
export function createApiClient(url: string, token: string | null = null): ApiClient {
  async function send<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${url}/${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text === "" ? undefined : JSON.parse(text)) as T;
  }
  return { get: (path) => send("GET", path), send };
}
