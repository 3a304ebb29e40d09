import pg from "pg";
import { z } from "zod";

export const DbCredential = z.object({ username: z.string(), password: z.string() });

export type DbCredential = z.infer<typeof DbCredential>;

export type Row = Readonly<Record<string, unknown>>;

/** The connections of one credential. Host, port and database are those of `PGHOST`, `PGPORT` and `PGDATABASE`. */
export class CredentialPool {
  readonly #pool: pg.Pool;
  readonly #ended = Promise.withResolvers<void>();
  #queries = 0;
  #isRetired = false;

  constructor({ username, password }: DbCredential) {
    this.#pool = new pg.Pool({ user: username, password, max: 5, connectionTimeoutMillis: 5_000 });
    // The database ends connections too. Without a listener that would end the process.
    this.#pool.on("error", ({ message }) => console.error("An idle connection was ended:", message));
  }

  async query(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    this.#queries += 1;
    try {
      return (await this.#pool.query<Row>(text, [...values])).rows;
    } finally {
      this.#queries -= 1;
      this.#endIfDone();
    }
  }

  /** Ends when the last query has its answer. `pool.end()` alone would leave those that wait for a connection waiting. */
  retire(): Promise<void> {
    this.#isRetired = true;
    this.#endIfDone();
    return this.#ended.promise;
  }

  #endIfDone(): void {
    if (this.#isRetired && this.#queries === 0 && !this.#pool.ending) this.#ended.resolve(this.#pool.end());
  }
}
