import type { LiveSecret, Secret, Secrets } from "@secretsource/core";
import pg from "pg";
import { z } from "zod";
import { CredentialPool } from "./credential-pool.ts";

const Login = z.object({ username: z.string(), password: z.string() });
type Login = z.infer<typeof Login>;

export interface FollowingPoolOptions {
  readonly secrets: Secrets;
  readonly name: string;
  readonly database: pg.PoolConfig;
}

interface Serving {
  readonly pool: CredentialPool;
  readonly login: Login;
  readonly fetchedAt: number;
}

/** What PostgreSQL says to a password or a role that it does not take. */
const loginRefusals = new Set(["28P01", "28000"]);
const isAuthError = (error: unknown) => loginRefusals.has((error as { code?: string }).code ?? "");

/** A pool of `pg` whose connections follow a credential. The rest of a program calls `query` and knows of no rotation. */
export class FollowingPool {
  readonly #options: FollowingPoolOptions;
  readonly #live: LiveSecret<Login>;
  #serving: Serving;
  /** When each credential came into use. Its place in here is in the names of its connections. */
  readonly since: number[] = [];

  static async open(options: FollowingPoolOptions): Promise<FollowingPool> {
    const { secrets, name, database } = options;
    // The new credential is proven before the old one drains.
    const verify = async (next: Secret<Login>) => {
      const client = new pg.Client(configOf(database, next.reveal(), `proof ${name}`));
      client.on("error", () => {});
      try {
        await client.connect();
        await client.query("SELECT 1");
      } finally {
        await client.end().catch(() => {});
      }
    };
    return new FollowingPool(options, await secrets.watchSecret(name, { schema: Login, verify }));
  }

  private constructor(options: FollowingPoolOptions, live: LiveSecret<Login>) {
    this.#options = options;
    this.#live = live;
    this.#serving = this.#begin(live.current);
    // A program that does nothing at the moment lets go of its old connections too.
    live.onRotate((next) => this.#poolFor(next));
  }

  async query(text: string, values: readonly unknown[] = []): Promise<pg.QueryResult> {
    const { secrets, name } = this.#options;
    const login = (secret: Secret<Login>) => this.#poolFor(secret).connect();
    const { client, release } = await secrets.withSecret(name, login, { schema: Login, isAuthError });
    let failed = true;
    try {
      const result = await client.query(text, [...values]);
      failed = false;
      return result;
    } finally {
      release(failed);
    }
  }

  close(): void {
    this.#live.close();
    this.#serving.pool.retire();
  }

  /** The pool of this credential, or of one that has taken its place. */
  #poolFor(secret: Secret<Login>): CredentialPool {
    const { pool, login, fetchedAt } = this.#serving;
    const next = secret.reveal();
    const isOther = next.username !== login.username || next.password !== login.password;
    if (isOther && secret.fetchedAt > fetchedAt) {
      this.#serving = this.#begin(secret);
      pool.retire();
    }
    return this.#serving.pool;
  }

  #begin(secret: Secret<Login>): Serving {
    const login = secret.reveal();
    const { database, name } = this.#options;
    const pool = new CredentialPool(configOf(database, login, `pool ${name} ${this.since.length}`));
    this.since.push(Date.now());
    return { pool, login, fetchedAt: secret.fetchedAt };
  }
}

function configOf(database: pg.PoolConfig, { username, password }: Login, name: string): pg.PoolConfig {
  return { ...database, user: username, password, application_name: name };
}
