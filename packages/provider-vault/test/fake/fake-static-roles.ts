import type { WireAnswer } from "@secretsource/conformance/wire";
import type { FakeRequest } from "./fake-request.ts";
import { refuse, reply, unsupportedOperation } from "./reply.ts";

/** When the engine rotates: each so many seconds, or by a cron expression and in a window of seconds. */
export type FakeRotation =
  | { readonly rotation_period: number }
  | { readonly rotation_schedule: string; readonly rotation_window?: number };

interface FakeStaticRole {
  readonly username: string;
  readonly password: string;
  readonly rotatedAt: number;
}

const hourSeconds = 3600;
// As the server's own routes have it.
const roleName = /^static-creds\/(\w(?:[\w.-]*\w)?)$/;

/** The static roles of a database engine. The real one makes each password itself; this one is told. */
export class FakeStaticRoles {
  readonly type = "database";
  readonly roles = new Map<string, FakeStaticRole>();
  readonly #rotation: FakeRotation;
  readonly #now: () => number;

  constructor(rotation: FakeRotation, now: () => number) {
    this.#rotation = rotation;
    this.#now = now;
  }

  /** The user of the role, which stays one, has this password from now on. */
  rotate(name: string, password: string): void {
    const username = this.roles.get(name)?.username ?? `user-${this.roles.size}`;
    this.roles.set(name, { username, password, rotatedAt: this.#now() });
  }

  handle({ below, method }: FakeRequest): WireAnswer {
    const [, name] = roleName.exec(below) ?? [];
    if (name === undefined) return refuse(404, "1 error occurred:\n\t* unsupported path\n\n");
    if (method !== "GET") return unsupportedOperation();
    const role = this.roles.get(name);
    if (role === undefined) return refuse(400, `unknown role: ${name}`);
    const { username, password, rotatedAt } = role;
    const last_vault_rotation = new Date(rotatedAt).toISOString();
    return reply({
      data: { last_vault_rotation, password, ...this.#rotation, ttl: this.#secondsLeft(rotatedAt), username },
    });
  }

  /** A schedule is of full hours here. */
  #secondsLeft(rotatedAt: number): number {
    const now = this.#now() / 1000;
    const dueAt =
      "rotation_period" in this.#rotation
        ? rotatedAt / 1000 + this.#rotation.rotation_period
        : (Math.floor(now / hourSeconds) + 1) * hourSeconds;
    return Math.max(0, Math.round(dueAt - now));
  }
}
