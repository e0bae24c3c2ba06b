// Writes config.example.yaml from the built schema: npm run build:daemon && node scripts/write-config-example.mjs
import { writeFileSync } from "node:fs";
import { buildExample } from "../dist/config/example.js";

const file = new URL("../config.example.yaml", import.meta.url);
writeFileSync(file, buildExample());
console.log("config.example.yaml written");
