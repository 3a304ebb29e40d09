import { randomBytes } from "node:crypto";
import pg from "pg";
import type { RunningPostgres } from "../../../tools/servers/index.ts";

export interface Login {
  readonly username: string;
  readonly password: string;
}

/** A role of a PostgreSQL, and what an administrator and a program do with it. */
export class RotatingRole {
  readonly #server: RunningPostgres;
  readonly #admin: pg.Client;

  static async create(server: RunningPostgres): Promise<RotatingRole> {
    const admin = new pg.Client(optionsOf(server, { username: server.user, password: server.password }));
    // The server may end before the connection does.
    admin.on("error", () => {});
    await admin.connect();
    return new RotatingRole(server, admin);
  }

  private constructor(server: RunningPostgres, admin: pg.Client) {
    this.#server = server;
    this.#admin = admin;
  }

  /** Creates the role with a password of its own. */
  async begin(username: string): Promise<Login> {
    const login = { username, password: newPassword() };
    await this.#admin.query(`CREATE ROLE ${username} LOGIN PASSWORD '${login.password}'`);
    return login;
  }

  async setPassword({ username, password }: Login): Promise<void> {
    await this.#admin.query(`ALTER ROLE ${username} PASSWORD '${password}'`);
  }

  /** One operation of a program: a connection of its own, and a query. */
  async use(login: Login): Promise<string> {
    const client = new pg.Client(optionsOf(this.#server, login));
    client.on("error", () => {});
    try {
      await client.connect();
      const { rows } = await client.query<{ user: string }>("SELECT current_user AS user");
      return rows[0]?.user ?? "";
    } finally {
      await client.end().catch(() => {});
    }
  }

  end(): Promise<void> {
    return this.#admin.end();
  }
}

/** `invalid_password`: https://www.postgresql.org/docs/current/errcodes-appendix.html */
export function isLoginRejected(error: unknown): boolean {
  return (error as { readonly code?: unknown }).code === "28P01";
}

export function newPassword(): string {
  return randomBytes(18).toString("base64url");
}

function optionsOf({ port }: RunningPostgres, { username, password }: Login): pg.ClientConfig {
  return { host: "127.0.0.1", port, user: username, password, database: "postgres" };
}
