import { openSqlite } from "./open-sqlite.ts";
import { describeStore } from "./store-contract.ts";

describeStore("SQLite", openSqlite);
