import { randomUUID } from "node:crypto";
import { startFaultProxy, type WireTls } from "@secretsource/conformance/wire";
import type { RunningServer } from "../../../../tools/servers/index.ts";
import type { KvStore } from "../kv-harness.ts";
import { type BaoAdmin, encoded } from "./bao-admin.ts";

export interface BaoBehindProxy {
  /** Reached without TLS by the administrator. */
  readonly admin: BaoAdmin;
  readonly server: RunningServer;
  readonly ca?: string;
  /** The proxy's own certificate: then it is HTTPS as well. */
  readonly tls?: WireTls;
}

/** The kv engine of a real server, with a token and a policy for one case, and faults on the way. */
export async function baoKvStore({ admin, server, ca, tls }: BaoBehindProxy): Promise<KvStore> {
  const policy = `kv-${randomUUID()}`;
  const rules: Record<string, readonly string[]> = { "secret/*": ["read"] };
  await admin.policy(policy, rules);
  const token = await admin.token(policy);
  const wire = await startFaultProxy({ to: server.url, ca, tls });
  return {
    address: wire.url,
    token,
    wire,
    async put(name, value) {
      const { data } = await admin.call("POST", `secret/data/${encoded(name)}`, { data: { value } });
      return String((data as { version: number }).version);
    },
    async valueOf(name) {
      const { data } = await admin.call("GET", `secret/metadata/${encoded(name)}`);
      const number = (data as { current_version: number }).current_version - 1;
      const read = await admin.call("GET", `secret/data/${encoded(name)}?version=${number}`);
      return (read.data as { data: { value: string } }).data.value;
    },
    remove: async (name) => void (await admin.call("DELETE", `secret/metadata/${encoded(name)}`)),
    async deny(name) {
      rules[`secret/data/${name}`] = ["deny"];
      rules[`secret/metadata/${name}`] = ["deny"];
      await admin.policy(policy, rules);
    },
    end: () => wire.close(),
  };
}
