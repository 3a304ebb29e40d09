import { makeAuthority } from "@secretsource/conformance/wire";
import { startOpenBao } from "../../../../tools/servers/index.ts";
import type { VaultOptions } from "../../src/connection/vault-options.ts";
import { BaoAdmin } from "./bao-admin.ts";
import type { BaoBehindProxy } from "./bao-kv-store.ts";

export interface SecureBao {
  /** The proxy before it speaks TLS to both sides, to ours by an authority of its own. */
  readonly behind: BaoBehindProxy;
  /** What a source trusts the proxy by. */
  readonly options: Pick<VaultOptions, "tls">;
  /** For a hundred handshakes at once, each of them twice. */
  readonly patienceMs: number;
  readonly stop: () => Promise<unknown>;
}

export async function openSecureBao(): Promise<SecureBao> {
  const server = await startOpenBao({ tls: true });
  const authority = await makeAuthority();
  return {
    behind: { admin: new BaoAdmin(server.url, server.ca), server, ca: server.ca, tls: await authority.issue() },
    options: { tls: { ca: authority.ca } },
    patienceMs: 10_000,
    stop: () => server.stop(),
  };
}
