import { createObservable, type Observable } from "./observable.ts";

/** The current time, updated twice a minute: for "4 min ago" and the change of day. */
export function createMinute(): { readonly now: Observable<Date>; start(): () => void } {
  const now = createObservable(new Date());
  return {
    now,
    start() {
      const timer = setInterval(() => now.set(new Date()), 30_000);
      return () => clearInterval(timer);
    },
  };
}
