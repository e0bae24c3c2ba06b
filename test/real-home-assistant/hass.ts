/** A state as Home Assistant's REST API has it. */
export interface State {
  readonly entity_id: string;
  readonly state: string;
  readonly last_changed: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

export interface DeviceEntry {
  readonly id: string;
  readonly name: string;
  readonly manufacturer: string | null;
  readonly model: string | null;
  readonly identifiers: readonly (readonly [string, string])[];
  readonly via_device_id: string | null;
}

export interface EntityEntry {
  readonly entity_id: string;
  readonly unique_id: string;
  readonly device_id: string | null;
  readonly platform: string;
}

/** What tests ask of a Home Assistant. */
export interface Hass {
  state(entityId: string): Promise<State | null>;
  states(): Promise<readonly State[]>;
  call(domain: string, service: string, data: object): Promise<void>;
  post<T>(path: string, body: object): Promise<T>;
  get(path: string): Promise<Response>;
  /** A command of the web socket, in a connection of its own. */
  ws<T>(command: object): Promise<T>;
  devices(): Promise<readonly DeviceEntry[]>;
  entities(): Promise<readonly EntityEntry[]>;
  /** Until the state is as wanted; fails with what it was. */
  until(entityId: string, wanted: string | ((state: State | null) => boolean), ms?: number): Promise<State>;
}

interface Socket {
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onerror: ((event: unknown) => void) | null;
  send(text: string): void;
  close(): void;
}

export function connectHass(url: string, token: string): Hass {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };

  async function get(path: string): Promise<Response> {
    return await fetch(`${url}${path}`, { headers });
  }

  async function post<T>(path: string, body: object): Promise<T> {
    const answer = await fetch(`${url}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
    return JSON.parse(text || "null") as T;
  }

  async function state(entityId: string): Promise<State | null> {
    const answer = await get(`/api/states/${entityId}`);
    return answer.ok ? ((await answer.json()) as State) : null;
  }

  function ws<T>(command: object): Promise<T> {
    const { WebSocket } = globalThis as unknown as { WebSocket: new (url: string) => Socket };
    const socket = new WebSocket(`${url.replace(/^http/, "ws")}/api/websocket`);
    return new Promise<T>((resolve, reject) => {
      socket.onerror = () => reject(new Error("no web socket"));
      socket.onmessage = ({ data }) => {
        const message = JSON.parse(String(data)) as { type: string; success?: boolean; result: T; error?: unknown };
        if (message.type === "auth_required") socket.send(JSON.stringify({ type: "auth", access_token: token }));
        else if (message.type === "auth_ok") socket.send(JSON.stringify({ id: 1, ...command }));
        else if (message.type === "result") {
          if (message.success) resolve(message.result);
          else reject(new Error(`${JSON.stringify(command)}: ${JSON.stringify(message.error)}`));
        } else reject(new Error(JSON.stringify(message)));
      };
    }).finally(() => socket.close());
  }

  return {
    state,
    get,
    post,
    ws,
    states: async () => (await (await get("/api/states")).json()) as State[],
    async call(domain, service, data) {
      await post(`/api/services/${domain}/${service}`, data);
    },
    devices: async () => await ws<DeviceEntry[]>({ type: "config/device_registry/list" }),
    entities: async () => await ws<EntityEntry[]>({ type: "config/entity_registry/list" }),
    async until(entityId, wanted, ms = 20_000) {
      const fits = typeof wanted === "string" ? (one: State | null) => one?.state === wanted : wanted;
      const deadline = Date.now() + ms;
      for (;;) {
        const now = await state(entityId);
        if (fits(now)) return now as State;
        if (Date.now() > deadline) {
          throw new Error(`${entityId} never became ${String(wanted)}; it is ${JSON.stringify(now)}`);
        }
        await new Promise((done) => setTimeout(done, 100));
      }
    },
  };
}
