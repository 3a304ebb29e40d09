import type { LiveSecret, Secret, Secrets } from "@secretsource/core";
import { CredentialPool, DbCredential, type Row } from "./credential-pool.ts";

/** PostgreSQL's words for a user or a password that it does not take. */
const loginRefusals: readonly unknown[] = ["28P01", "28000"];
const isAuthError = (error: unknown) => loginRefusals.includes((error as { code?: unknown }).code);

/** A database whose users come and go. The rest of the program calls `query`, and knows of no credential. */
export class Database {
  readonly #secrets: Secrets;
  readonly #role: string;
  readonly #live: LiveSecret<DbCredential>;
  #current: CredentialPool;

  /** @throws SecretsError where there is no credential, or `verify-failed` where the database does not take it. */
  static async open(secrets: Secrets, role: string): Promise<Database> {
    const proven: CredentialPool[] = [];
    // Before anybody sees a new credential, a pool is opened with it, and has answered.
    const verify = async (next: Secret<DbCredential>) => {
      const pool = new CredentialPool(next.reveal());
      try {
        await pool.query("SELECT 1");
      } catch (error) {
        void pool.retire();
        throw error;
      }
      proven.push(pool);
    };
    const live = await secrets.watchSecret(role, { schema: DbCredential, verify });
    return new Database(secrets, role, live, proven);
  }

  private constructor(secrets: Secrets, role: string, live: LiveSecret<DbCredential>, proven: CredentialPool[]) {
    this.#secrets = secrets;
    this.#role = role;
    this.#live = live;
    const newest = () => {
      const pool = proven.pop();
      if (pool === undefined) throw new Error("A credential came without having been proven.");
      for (const other of proven.splice(0)) void other.retire();
      return pool;
    };
    this.#current = newest();
    live.onRotate(() => {
      const old = this.#current;
      this.#current = newest();
      void old.retire();
    });
  }

  /** Where somebody has ended the lease, the database refuses the login, and all who ask wait for one new credential. */
  query(text: string, values?: readonly unknown[]): Promise<Row[]> {
    // The pool that is current when it runs: after a refusal that is the one of the new credential.
    const run = () => this.#current.query(text, values);
    return this.#secrets.withSecret(this.#role, run, { schema: DbCredential, isAuthError });
  }

  /** Waits for the queries that are under way. */
  async close(): Promise<void> {
    this.#live.close();
    await this.#current.retire();
  }
}
