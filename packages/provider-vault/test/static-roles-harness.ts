import type { SourceHarness } from "@secretsource/conformance";
import type { SecretSource } from "@secretsource/core/source";
import { token } from "../src/auth/index.ts";
import type { VaultOptions } from "../src/connection/vault-options.ts";
import { vaultDatabase } from "../src/index.ts";
import { onTheWire, type WiredStore } from "./on-the-wire.ts";

/** The static roles of a database engine, and who looks after them. */
interface StaticRolesStore extends WiredStore {
  readonly address: string;
  readonly token: string;
  remove(name: string): void | Promise<void>;
  deny(name: string): void | Promise<void>;
}

/** Of an engine that makes the passwords itself, as the real one does. */
export interface ChoosingStaticRoles extends StaticRolesStore {
  rotate(name: string): Promise<void>;
}

/** Of one that is told them. */
export interface ToldStaticRoles extends StaticRolesStore {
  rotate(name: string, password: string): void;
}

const itMakesThem = "The engine makes its passwords itself.";

/** The suite's harness for static roles of an engine that chooses their passwords. */
export function choosingStaticRolesHarness(
  name: string,
  open: () => Promise<ChoosingStaticRoles>,
  options: Pick<VaultOptions, "tls"> = {},
): SourceHarness<ChoosingStaticRoles> {
  const harness = commonHarness(name, open);
  return {
    ...harness,
    make: (store) => sourceOf(store, options),
    seed: { ...seedOf<ChoosingStaticRoles>(), rotate: (store, role) => store.rotate(role) },
    lacks: [...harness.lacks, { what: ["put", "bytes", "empty-values", "limit"], because: itMakesThem }],
  };
}

/** The same where the engine can be told them: what the suite puts is the password. */
export function toldStaticRolesHarness(
  name: string,
  open: () => Promise<ToldStaticRoles>,
): SourceHarness<ToldStaticRoles> {
  const harness = commonHarness(name, open);
  return {
    ...harness,
    make: (store) => passwordsOf(sourceOf(store)),
    seed: {
      ...seedOf<ToldStaticRoles>(),
      put: (store, role, password) => void store.rotate(role, String(password)),
    },
    lacks: [
      ...harness.lacks,
      { what: ["bytes"], because: "A password is a text." },
      { what: ["empty-values", "limit"], because: `${itMakesThem} None is empty, and how long one is it knows best.` },
    ],
  };
}

function sourceOf({ address, token: value }: StaticRolesStore, options: Pick<VaultOptions, "tls"> = {}): SecretSource {
  return vaultDatabase({ ...options, address, env: {}, login: token({ token: value }), roles: "static" });
}

function seedOf<Store extends StaticRolesStore>(): Pick<SourceHarness<Store>["seed"], "remove" | "deny"> {
  return { remove: (store, role) => store.remove(role), deny: (store, role) => store.deny(role) };
}

/** What the engine says of a role besides its password. The time that is left is none of it: it is another at each read. */
const besides: readonly RegExp[] = [
  /^last_vault_rotation,password,rotation_period,username$/,
  /^last_vault_rotation,password,rotation_schedule,(?:rotation_window,)?username$/,
];

/** The password of a payload. One that is not all that the engine says is handed on as it is, and fails. */
function passwordOf(payload: string | Uint8Array): string | Uint8Array {
  const data = JSON.parse(String(payload)) as Record<string, unknown>;
  const fields = Object.keys(data).sort().join(",");
  const isWhole = besides.some((known) => known.test(fields)) && /^user-\d+$/.test(String(data.username));
  return isWhole && typeof data.password === "string" ? data.password : payload;
}

function passwordsOf(source: SecretSource): SecretSource {
  return {
    ...source,
    async read(ref, context) {
      const answer = await source.read(ref, context);
      return answer.failure === undefined ? { ...answer, payload: passwordOf(answer.payload) } : answer;
    },
  };
}

function commonHarness<Store extends StaticRolesStore>(
  name: string,
  open: () => Promise<Store>,
): Omit<SourceHarness<Store>, "make" | "seed"> {
  return {
    name,
    promises: {
      stages: ["current"],
      versions: false,
      versionIds: false,
      labels: false,
      binary: false,
      mints: false,
      methods: ["close"],
    },
    open,
    lacks: [
      { what: ["stage", "promote"], because: "A password is the user's as soon as the engine has set it." },
      { what: ["rollBack"], because: "The engine keeps no password but the user's own." },
      { what: ["label"], because: "A static role has no labels." },
      { what: ["disable"], because: "A static role can be deleted, and there is no way to disable one." },
      { what: ["denyBatch"], because: "The server has no batches." },
    ],
    names: {
      longest: "n".repeat(2048),
      strange: ["a.b-c_d", "0", "A--B..C", "constructor", "valueOf", "config", "creds", "static-creds"],
      alike: ["a.b", "a-b", "a_b", "A.b", "a..b", "ab"],
      illegal: ["a//b", "/a", "a/", "..", "a/../b", "a\u200bb"],
    },
    credentials: ({ token: value }) => [value],
    ...onTheWire(),
  };
}
