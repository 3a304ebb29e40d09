import type { Clock } from "@secretsource/core/source-kit";
import type { VaultLogin } from "../auth/vault-login.ts";
import type { Environment } from "./environment.ts";
import type { VaultTlsOptions } from "./tls-options.ts";

/** Where a Vault or OpenBao is, and how we prove who we are. */
export interface VaultOptions {
  /**
   * `https://vault.example.com:8200`, or `unix:///run/vault/agent.sock`. Default: the variables `BAO_ADDR` and
   * `VAULT_ADDR`; with `agent`, before them, `BAO_AGENT_ADDR` and `VAULT_AGENT_ADDR`.
   */
  readonly address?: string | undefined;
  /** Default: `BAO_NAMESPACE` and `VAULT_NAMESPACE`; then none. */
  readonly namespace?: string | undefined;
  /** How to come to a token; see `@secretsource/provider-vault/auth`. Default: `token()`, from the environment. */
  readonly login?: VaultLogin | undefined;
  /**
   * True: a Vault Agent or Proxy stands at the address and puts its own token into each request. We send none. Default:
   * false.
   */
  readonly agent?: boolean | undefined;
  readonly tls?: VaultTlsOptions | undefined;
  /**
   * Addresses that a redirect may lead to, besides the one that was asked: those of the cluster's nodes, where standbys
   * redirect to the active one. The token goes there. Default: none.
   */
  readonly redirectsTo?: readonly string[] | undefined;
  /** The most bytes of an answer. Default: 4 MiB. */
  readonly maxBytes?: number | undefined;
  /** Where variables are looked up, once. Default: `process.env`. */
  readonly env?: Environment | undefined;
  /** For tests. Default: the machine's time. */
  readonly clock?: Clock | undefined;
}

export const vaultOptionNames = [
  "address",
  "namespace",
  "login",
  "agent",
  "tls",
  "redirectsTo",
  "maxBytes",
  "env",
  "clock",
] as const satisfies readonly (keyof VaultOptions)[];
