import type { TObject } from "typebox";
import { stringify } from "yaml";
import { isSection } from "./keys.ts";
import { configSchema } from "./schema.ts";

const WIDTH = 110;
const HEAD = [
  "All keys of faces2mqtt with their defaults. None is required: copy what you want to change into config.yaml in the",
  "working directory, or pass a file with --config.",
  "",
  "Each can also be an environment variable: FACES2MQTT_ and the path in capitals, joined by _ (mqtt.password is",
  "FACES2MQTT_MQTT_PASSWORD), or, with _FILE appended, the content of a file. Variables override the file. They are",
  "read as YAML, including lists; text values are taken literally.",
];

/** The text of `config.example.yaml`: the schema's keys, defaults and descriptions. */
export function buildExample(): string {
  return `${HEAD.map((line) => `# ${line}`.trimEnd()).join("\n")}\n\n${writeSection(configSchema, "").join("\n")}\n`;
}

function writeSection(section: TObject, indent: string): string[] {
  const shown = Object.entries(section.properties).filter(([, schema]) => !("retired" in schema));
  return shown.flatMap(([name, schema], index) => {
    const { description, default: value } = schema as { description?: string; default?: unknown };
    const apart = index > 0 && (indent === "" || isSection(schema)) ? [""] : [];
    const comment = wrap(description ?? "", WIDTH - indent.length).map((line) => `${indent}# ${line}`);
    const written = isSection(schema)
      ? [`${indent}${name}:`, ...writeSection(schema, `${indent}  `)]
      : [`${indent}${name}: ${stringify(value, { collectionStyle: "flow" }).trim()}`];
    return [...apart, ...comment, ...written];
  });
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
