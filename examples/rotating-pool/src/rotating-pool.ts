import type { LiveSecret, Secret, Secrets } from "@secretsource/core";
import { type Connect, type Connection, DbCredential, LoginRejected } from "./connection.ts";

/** A pool whose connections follow a rotated password. The rest of the program calls `query` and knows of no rotation. */
export class RotatingPool {
  readonly #secrets: Secrets;
  readonly #name: string;
  readonly #connect: Connect;
  readonly #live: LiveSecret<DbCredential>;
  #idle: Connection[] = [];
  /** Connections of an earlier one are not put back. */
  #generation = 0;

  /** @throws SecretsError `verify-failed` where the database does not take the first password. */
  static async open(secrets: Secrets, name: string, connect: Connect): Promise<RotatingPool> {
    // A new password is tried before anybody sees it: what cannot log in does not take the place of what can.
    const verify = async (next: Secret<DbCredential>) => {
      const connection = await connect(next.reveal());
      await connection.query("SELECT 1").finally(() => connection.end());
    };
    return new RotatingPool(secrets, name, connect, await secrets.watchSecret(name, { schema: DbCredential, verify }));
  }

  private constructor(secrets: Secrets, name: string, connect: Connect, live: LiveSecret<DbCredential>) {
    this.#secrets = secrets;
    this.#name = name;
    this.#connect = connect;
    this.#live = live;
    live.onRotate(() => this.#renew());
  }

  async query(sql: string): Promise<string> {
    const generation = this.#generation;
    const connection = this.#idle.pop() ?? (await this.#open());
    try {
      return await connection.query(sql);
    } finally {
      if (generation === this.#generation) this.#idle.push(connection);
      else await connection.end();
    }
  }

  async close(): Promise<void> {
    this.#live.close();
    this.#renew();
  }

  /** The current password; where the database does not take it, whatever else may be valid during a rotation. */
  #open(): Promise<Connection> {
    return this.#secrets.withSecret(this.#name, (secret) => this.#connect(secret.reveal()), {
      schema: DbCredential,
      isAuthError: (error) => error instanceof LoginRejected,
    });
  }

  #renew(): void {
    this.#generation += 1;
    for (const connection of this.#idle.splice(0)) void connection.end();
  }
}
