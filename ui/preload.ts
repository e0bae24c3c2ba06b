import type { HtmlTagDescriptor, Plugin, Rolldown } from "vite";

/** What the page of unknown faces, which is the first one, needs besides the entry. */
const FIRST_USE = ["src/main.ts", "src/pages/unknown/unknown-page.ts"];

/**
 * Names the modules of the first use in the page, so that the browser fetches them at once and not each when the one
 * before it has run: a round trip each on a phone.
 */
export function preload(): Plugin {
  return {
    name: "preload",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(_html, { bundle = {} }) {
        const chunks = Object.values(bundle).filter((file): file is Rolldown.OutputChunk => file.type === "chunk");
        const byName = (name: string) => chunks.find(({ fileName }) => fileName === name);
        const wanted = new Set<string>();
        const want = (chunk: Rolldown.OutputChunk | undefined): void => {
          if (!chunk || wanted.has(chunk.fileName)) return;
          wanted.add(chunk.fileName);
          for (const name of chunk.imports) want(byName(name));
        };
        for (const source of FIRST_USE) want(chunks.find((chunk) => chunk.facadeModuleId?.endsWith(source)));
        const entry = chunks.find((chunk) => chunk.isEntry);
        const scripts = [...wanted].filter((name) => name !== entry?.fileName && !entry?.imports.includes(name));
        const styles = new Set(scripts.flatMap((name) => [...(byName(name)?.viteMetadata?.importedCss ?? [])]));
        const link = (rel: string, name: string): HtmlTagDescriptor => ({
          tag: "link",
          attrs: { rel, crossorigin: true, href: `./${name}` },
          injectTo: "head",
        });
        return [
          ...scripts.map((name) => link("modulepreload", name)),
          ...[...styles].map((name) => link("stylesheet", name)),
        ];
      },
    },
  };
}
