import type { TObject } from "typebox";
import { stringify } from "yaml";
import { isSection } from "./keys.ts";
import { configSchema } from "./schema.ts";

const WIDTH = 110;
const HEAD = [
  "Every key of faces2mqtt with its default. None is needed: copy what you want to change into config.yaml, in the",
  "folder that faces2mqtt is started in, or give a file with --config.",
  "",
  "Each can be set by an environment variable too: FACES2MQTT_ and the path in capitals, joined by _ (mqtt.password is",
  "FACES2MQTT_MQTT_PASSWORD), or, with _FILE appended, by the content of a file. Variables win over the file. They are",
  "read as YAML, lists too; where text is wanted, it is taken as it stands.",
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
