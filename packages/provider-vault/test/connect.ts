import { type VirtualClock, virtualClock } from "@secretsource/core/testing";
import type { VaultLogin } from "../src/auth/index.ts";
import { Connection } from "../src/connection/connection.ts";
import { connectionSettings } from "../src/connection/connection-settings.ts";
import type { VaultCall } from "../src/connection/vault-call.ts";
import type { VaultOptions } from "../src/connection/vault-options.ts";
import { FakeLogin } from "./fake/fake-logins.ts";
import type { FakeTokenRules } from "./fake/fake-token.ts";
import { type RunningFake, startFake } from "./fake/start-fake.ts";

/** A login of the fake that takes whoever comes. */
export const anyone: VaultLogin = {
  method: "anyone",
  login: ({ logIn }) => logIn(["auth", "anyone", "login"], {}),
};

export interface Connected extends RunningFake {
  readonly clock: VirtualClock;
  readonly connection: Connection;
  readonly login: FakeLogin;
  /** Reads a secret of the fake's kv engine. */
  readonly read: (name?: string, signal?: AbortSignal) => ReturnType<Connection["call"]>;
  readonly call: (call: Partial<VaultCall>, signal?: AbortSignal) => ReturnType<Connection["call"]>;
  /** Of the requests so far, those that match. */
  readonly count: (pattern: RegExp) => number;
}

const never = new AbortController().signal;

/** A connection to a fake, both on one virtual clock. Secrets `a` and `b` are there. */
export async function connect(rules: FakeTokenRules = {}, options: VaultOptions = {}): Promise<Connected> {
  const clock = virtualClock({ now: Date.UTC(2026, 0, 1) });
  const fake = await startFake(() => clock.now());
  const { vault, asked } = fake;
  const login = new FakeLogin(vault.tokens, rules, () => undefined);
  vault.mounts.set("auth/anyone/", login);
  for (const name of ["a", "b"]) vault.kv.put(name, '{"password":"one"}');
  const given = { address: fake.address, env: {}, clock, login: anyone, ...options };
  const connection = new Connection(connectionSettings(given));
  const call: Connected["call"] = (what, signal = never) =>
    connection.call({ method: "GET", path: ["secret", "data", "a"], needs: "read", ...what }, signal);
  return {
    ...fake,
    clock,
    connection,
    login,
    call,
    read: (name = "a", signal) => call({ path: ["secret", "data", name] }, signal),
    count: (pattern) => asked().filter((one) => pattern.test(one)).length,
    async [Symbol.asyncDispose]() {
      await connection.close();
      await fake.server.close();
    },
  };
}
