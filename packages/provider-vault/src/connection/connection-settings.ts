import type { Clock } from "@secretsource/core/source-kit";
import { invalidOptions, readOptions } from "@secretsource/core/source-kit";
import { token } from "../auth/token.ts";
import type { VaultLogin } from "../auth/vault-login.ts";
import { vaultDefaults } from "../defaults.ts";
import { booleanOr, bytesOr, headerTextOr, textOr } from "../options/checks.ts";
import { systemClock } from "../token/system-clock.ts";
import type { Endpoint } from "../transport/endpoint.ts";
import { endpointOf, originsOf } from "./address.ts";
import { type Environment, VaultEnvironment } from "./environment.ts";
import { type TlsSettings, tlsSettings } from "./tls-options.ts";
import { vaultOptionNames } from "./vault-options.ts";

/** Options that are checked and complete. */
export interface ConnectionSettings {
  readonly endpoint: Endpoint;
  readonly namespace: string | undefined;
  /** Undefined: an agent has the token. */
  readonly login: VaultLogin | undefined;
  readonly tls: TlsSettings;
  readonly redirectsTo: ReadonlySet<string>;
  readonly maxBytes: number;
  readonly clock: Clock;
}

/** @throws SecretsError `invalid-options` */
export function connectionSettings(options: unknown): ConnectionSettings {
  const given = readOptions(options, vaultOptionNames, "The options of a Vault connection");
  const variables = environmentOf(given.env);
  const env = new VaultEnvironment(variables);
  const agent = booleanOr(given.agent, false, "`agent`");
  if (agent && given.login !== undefined) {
    return invalidOptions("With `agent: true` the agent logs in: give no `login`.");
  }
  return {
    endpoint: endpointFrom(given.address, agent, env),
    namespace: headerTextOr(given.namespace, "`namespace`") ?? headerTextOr(env.text("NAMESPACE"), "VAULT_NAMESPACE"),
    login: agent ? undefined : loginOf(given.login, variables),
    tls: tlsSettings(given.tls, env),
    redirectsTo: originsOf(given.redirectsTo),
    maxBytes: bytesOr(given.maxBytes, vaultDefaults.maxBytes, "`maxBytes`"),
    clock: clockOf(given.clock),
  };
}

function environmentOf(given: unknown): Environment {
  if (given === undefined) return process.env;
  if (typeof given === "object" && given !== null) return given as Environment;
  return invalidOptions("`env` must be an object of variables, as `process.env` is.");
}

function endpointFrom(given: unknown, agent: boolean, env: VaultEnvironment): Endpoint {
  const address = textOr(given, "`address`");
  if (address !== undefined) return endpointOf(address, "`address`");
  const agents = agent ? env.text("AGENT_ADDR") : undefined;
  if (agents !== undefined) return endpointOf(agents, "VAULT_AGENT_ADDR");
  const variable = env.text("ADDR");
  if (variable !== undefined) return endpointOf(variable, "VAULT_ADDR");
  return invalidOptions("Give `address`, or set VAULT_ADDR (or BAO_ADDR) to the server's address.");
}

function loginOf(given: unknown, env: Environment): VaultLogin {
  if (given === undefined) return token({ env });
  if (typeof given === "object" && given !== null && "login" in given && typeof given.login === "function") {
    return given as VaultLogin;
  }
  return invalidOptions("`login` must be one of `@secretsource/provider-vault/auth`, or one of your own.");
}

function clockOf(given: unknown): Clock {
  if (given === undefined) return systemClock;
  const isClock = typeof given === "object" && given !== null && "monotonic" in given && "setTimer" in given;
  return isClock ? (given as Clock) : invalidOptions("`clock` must be a clock, such as `virtualClock()` gives.");
}
