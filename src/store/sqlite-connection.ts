import Database from "better-sqlite3";

/** How many prepared statements a connection keeps; a report or a reconciliation needs a few dozen. */
const KEPT_STATEMENTS = 2_000;

/**
 * Everything of the native addon that was ever made. Node 24.21 ends the process when the garbage collector frees such an
 * object (its ObjectWrap then removes a cleanup hook where there is no environment), so nothing is given to it.
 */
const kept: object[] = [];

/** Opens a connection whose statements are prepared once per text and kept. */
export function openConnection(path: string, timeout: number, options: { readonly?: boolean } = {}): Database.Database {
  const client = new Database(path, { timeout, ...options });
  kept.push(client);
  const prepareNew = client.prepare.bind(client);
  const statements = new Map<string, Database.Statement>();
  const prepare = (text: string): Database.Statement => {
    let statement = statements.get(text);
    if (statement) {
      // The most recently used stands last; the first is the one to go.
      statements.delete(text);
    } else {
      statement = prepareNew(text);
      const [oldest] = statements.keys();
      if (oldest !== undefined && statements.size >= KEPT_STATEMENTS) statements.delete(oldest);
    }
    statements.set(text, statement);
    return statement;
  };
  client.prepare = prepare as typeof client.prepare;
  client.pragma = (source) => {
    const statement = prepare(`PRAGMA ${source}`);
    return statement.reader ? statement.all() : statement.run();
  };
  return client;
}
