/** URL of a worker thread's script. When the sources run (in tests), threads run the build: Node 20 cannot load TypeScript. */
export function builtScript(name: string): URL {
  const built = import.meta.url.endsWith(".ts") ? "../../dist/embed/" : "./";
  return new URL(`${built}${name}.js`, import.meta.url);
}
