import Database from "better-sqlite3";

/**
 * Connections and statements, so that none is ever garbage. Since 24.19 Node aborts the process when a collection that
 * runs outside of any script (an idle one) finds an object of an addon built on `node::ObjectWrap`, which better-sqlite3 12
 * is: `RemoveEnvironmentCleanupHook … Assertion failed: (env) != nullptr`. Version 13 is not, and wants Node 22.
 */
const kept: object[] = [];

/** The addon's own connection, which better-sqlite3 keeps under a symbol; a backup is made by it. */
interface Inside {
  backup(...args: unknown[]): object;
}

/**
 * Opens an SQLite file; `prepare` and `pragma` are as always. What they make lives as long as the process: a statement is
 * to be prepared once, not with every call.
 */
export function openFile(file: string, options?: Database.Options): Database.Database {
  const db = new Database(file, options);
  kept.push(db);
  keepBackups(db);
  const prepare = db.prepare.bind(db);
  function prepareKept(sql: string): Database.Statement {
    const statement = prepare(sql);
    kept.push(statement);
    return statement;
  }
  const pragmas = new Map<string, Database.Statement>();
  function pragma(source: string, { simple = false }: Database.PragmaOptions = {}): unknown {
    const statement = pragmas.get(source) ?? prepareKept(`PRAGMA ${source}`);
    pragmas.set(source, statement);
    if (!statement.reader) return statement.run();
    return simple ? statement.pluck(true).get() : statement.pluck(false).all();
  }
  return Object.assign(db, { prepare: prepareKept as typeof db.prepare, pragma });
}

/** A copy under way is such an object too. */
function keepBackups(db: Database.Database): void {
  for (const symbol of Object.getOwnPropertySymbols(db)) {
    const inside = Reflect.get(db, symbol) as Partial<Inside> | null;
    const backup = inside?.backup?.bind(inside);
    if (!inside || !backup) continue;
    inside.backup = (...args) => {
      const made = backup(...args);
      kept.push(made);
      return made;
    };
  }
}
