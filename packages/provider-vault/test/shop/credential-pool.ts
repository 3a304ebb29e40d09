import pg from "pg";

/** The connections of one credential. It ends when it is retired and the last who works with it has finished. */
export class CredentialPool {
  readonly #pool: pg.Pool;
  #users = 0;
  #isRetired = false;

  constructor(config: pg.PoolConfig) {
    this.#pool = new pg.Pool(config);
    // A server that restarts, or an administrator, ends connections that nobody is using just now.
    this.#pool.on("error", () => {});
    this.#pool.on("connect", (client) => client.on("error", () => {}));
  }

  /** Who comes while it is retired is served as well: `pg` lets those who wait for an ended pool wait for ever. */
  async connect(): Promise<{ readonly client: pg.PoolClient; readonly release: (failed: boolean) => void }> {
    this.#users += 1;
    const client = await this.#pool.connect().catch((error) => {
      this.#leave();
      throw error;
    });
    const release = (failed: boolean) => {
      client.release(failed);
      this.#leave();
    };
    return { client, release };
  }

  retire(): void {
    this.#isRetired = true;
    this.#endIfDone();
  }

  #leave(): void {
    this.#users -= 1;
    this.#endIfDone();
  }

  #endIfDone(): void {
    if (this.#isRetired && this.#users === 0 && !this.#pool.ending) void this.#pool.end();
  }
}
