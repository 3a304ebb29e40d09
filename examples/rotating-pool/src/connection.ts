import { z } from "zod";

export const DbCredential = z.object({ username: z.string(), password: z.string() });

export type DbCredential = z.infer<typeof DbCredential>;

/** What the pool needs of a driver. */
export interface Connection {
  query(sql: string): Promise<string>;
  end(): Promise<void>;
}

/** Logs in; rejects with a {@link LoginRejected} where the database does not take the credential. */
export type Connect = (credential: DbCredential) => Promise<Connection>;

export class LoginRejected extends Error {}
