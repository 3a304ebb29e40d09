import pg from "pg";
import type { RunningPostgres } from "../../../../tools/servers/index.ts";

/** The shop's database, and its administrator. */
export class Database {
  readonly #server: RunningPostgres;
  #admin: pg.Client | undefined;

  constructor(server: RunningPostgres) {
    this.#server = server;
  }

  get config(): pg.PoolConfig {
    const { port } = this.#server;
    return { host: "127.0.0.1", port, database: "postgres", connectionTimeoutMillis: 10_000 };
  }

  /** A table of orders, and the user whose password OpenBao is going to rotate. */
  async prepare(): Promise<void> {
    await this.ask("CREATE TABLE orders (shop text, id int)");
    await this.ask("CREATE ROLE shop LOGIN");
    await this.ask("GRANT INSERT ON orders TO shop");
  }

  async ask(text: string, values: unknown[] = []): Promise<readonly Record<string, unknown>[]> {
    const { user, password } = this.#server;
    if (this.#admin === undefined) {
      const admin = new pg.Client({ ...this.config, user, password });
      // The server may end before the connection does.
      admin.on("error", () => {
        this.#admin = undefined;
      });
      await admin.connect();
      this.#admin = admin;
    }
    return (await this.#admin.query(text, values)).rows;
  }

  /** The users that OpenBao has made and not yet removed. */
  async madeUsers(): Promise<readonly string[]> {
    const rows = await this.ask("SELECT rolname FROM pg_roles WHERE rolname LIKE 'v-%'");
    return rows.map(({ rolname }) => String(rolname));
  }

  /**
   * The open connections of pools, each by the name that its pool gave it. Not by its user: the server shows none where that
   * has been dropped.
   */
  async connections(): Promise<readonly { readonly pool: string; readonly credential: number }[]> {
    const rows = await this.ask("SELECT application_name AS name FROM pg_stat_activity");
    return rows.flatMap(({ name }) => {
      const [, pool, credential] = /^pool (\w+) (\d+)$/.exec(String(name)) ?? [];
      return pool === undefined ? [] : [{ pool, credential: Number(credential) }];
    });
  }

  async ordersOf(shop: string): Promise<number> {
    const [row] = await this.ask("SELECT count(DISTINCT id) AS n FROM orders WHERE shop = $1", [shop]);
    return Number(row?.n);
  }

  async end(): Promise<void> {
    await this.#admin?.end().catch(() => {});
  }
}
