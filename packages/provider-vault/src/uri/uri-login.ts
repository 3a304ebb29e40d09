import { invalidOptions } from "@secretsource/core/source-kit";
import type { VaultLogin } from "../auth/vault-login.ts";
import { LatePart } from "../loading/late-part.ts";

type Auth = typeof import("../auth/index.ts");

const auth = /* @__PURE__ */ new LatePart<Auth>(() => import("../auth/index.ts"));

interface UriLogin {
  readonly needs: readonly Exclude<LoginKey, "login">[];
  readonly takes: readonly Exclude<LoginKey, "login">[];
  /** Every parameter of `needs` is there. */
  readonly make: (auth: Auth, given: Readonly<Record<string, string>>) => VaultLogin;
}

const proofKeys = ["role", "roleId", "file", "wrappedFor", "loginMount"] as const;

export const loginKeys = ["login", ...proofKeys] as const;

type LoginKey = (typeof loginKeys)[number];

// What each proves itself with is in a file, or is the machine's own.
const logins: Readonly<Record<string, UriLogin>> = {
  "token-file": { needs: ["file"], takes: [], make: (auth, { file = "" }) => auth.tokenFile(file) },
  approle: {
    needs: ["roleId", "file"],
    takes: ["wrappedFor", "loginMount"],
    make: (auth, { roleId = "", file, wrappedFor, loginMount }) =>
      auth.appRole({
        roleId,
        mount: loginMount,
        ...(wrappedFor === undefined ? { secretIdFile: file } : { wrappedSecretId: { file, role: wrappedFor } }),
      }),
  },
  kubernetes: {
    needs: ["role"],
    takes: ["file", "loginMount"],
    make: (auth, { role = "", file, loginMount }) => auth.kubernetes({ role, tokenFile: file, mount: loginMount }),
  },
  jwt: {
    needs: ["role", "file"],
    takes: ["loginMount"],
    make: (auth, { role = "", file, loginMount }) => auth.jwt({ role, jwtFile: file, mount: loginMount }),
  },
  aws: {
    needs: [],
    takes: ["role", "loginMount"],
    make: (auth, { role, loginMount }) => auth.awsIam({ role, mount: loginMount }),
  },
};

/**
 * The login that a URI names; undefined where it names none. The logins are loaded by the first one: who names a source
 * in code does not pay for them.
 *
 * @throws SecretsError `invalid-options`
 */
export function uriLogin(
  settings: Readonly<Partial<Record<LoginKey, string>>>,
  scheme: string,
): VaultLogin | undefined {
  const { login: method, ...given } = settings;
  const there = proofKeys.filter((key) => given[key] !== undefined);
  if (method === undefined) {
    if (there[0] === undefined) return undefined;
    return invalidOptions(`\`${there[0]}\` of the \`${scheme}:\` URI goes with a \`login\`.`);
  }
  const known = Object.keys(logins).join(", ");
  const login = Object.hasOwn(logins, method) ? logins[method] : undefined;
  if (login === undefined) return invalidOptions(`\`login\` of the \`${scheme}:\` URI is one of ${known}.`);
  const missing = login.needs.find((key) => given[key] === undefined) ?? there.find((key) => given[key] === "");
  if (missing !== undefined)
    return invalidOptions(`\`login=${method}\` of the \`${scheme}:\` URI needs \`${missing}\`.`);
  const stranger = there.find((key) => !login.needs.includes(key) && !login.takes.includes(key));
  if (stranger !== undefined) {
    return invalidOptions(`\`login=${method}\` of the \`${scheme}:\` URI takes no \`${stranger}\`.`);
  }
  return loadedWithFirst(method, (auth) => login.make(auth, given as Readonly<Record<string, string>>));
}

function loadedWithFirst(method: string, make: (auth: Auth) => VaultLogin): VaultLogin {
  let made: VaultLogin | undefined;
  return {
    method,
    async login(context) {
      const loaded = await auth.load();
      if ("failure" in loaded) return loaded;
      made ??= make(loaded);
      return made.login(context);
    },
    changed: async (inUse) => (await made?.changed?.(inUse)) ?? false,
  };
}
