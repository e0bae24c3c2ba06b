import type { ReactiveController, ReactiveControllerHost } from "lit";

interface Subscribable {
  subscribe(listener: () => void): () => void;
}

/** Redraws the host whenever one of the observables changes, while it is connected. */
export class Watch implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #of: () => readonly Subscribable[];
  #stop: (() => void)[] = [];

  constructor(host: ReactiveControllerHost, of: () => readonly Subscribable[]) {
    this.#host = host;
    this.#of = of;
    host.addController(this);
  }

  hostConnected(): void {
    this.#stop = this.#of().map((observable) => observable.subscribe(() => this.#host.requestUpdate()));
  }

  hostDisconnected(): void {
    for (const stop of this.#stop) stop();
    this.#stop = [];
  }
}
