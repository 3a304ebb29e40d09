import { type Connect, LoginRejected } from "./connection.ts";

/** A database that takes the passwords that it was given last. */
export class FakeDatabase {
  passwords: readonly string[];
  /** Open connections by the password with which they logged in. */
  readonly open: string[] = [];
  logins = 0;

  constructor(...passwords: readonly string[]) {
    this.passwords = passwords;
  }

  readonly connect: Connect = async ({ password }) => {
    this.logins += 1;
    if (!this.passwords.includes(password)) throw new LoginRejected("password authentication failed");
    this.open.push(password);
    return {
      query: async (sql) => `${sql}: done`,
      end: async () => {
        this.open.splice(this.open.indexOf(password), 1);
      },
    };
  };
}
