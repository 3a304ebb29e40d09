import { randomUUID } from "node:crypto";
import { startFaultProxy, type WireTls } from "@secretsource/conformance/wire";
import type { RunningServer } from "../../../../tools/servers/index.ts";
import type { KvStore, PlainKvStore } from "../kv-harness.ts";
import { type BaoAdmin, encoded } from "./bao-admin.ts";
import { type BaoWay, byToken } from "./bao-login-ways.ts";

export interface BaoBehindProxy {
  /** Reached without TLS by the administrator. */
  readonly admin: BaoAdmin;
  readonly server: RunningServer;
  readonly ca?: string;
  /** The proxy's own certificate: then it is HTTPS as well. */
  readonly tls?: WireTls;
  /** Of the kv stores. Default: a token. */
  readonly way?: BaoWay;
}

/** The kv engine of a real server, with a role and a policy for one case, and faults on the way. */
export async function baoKvStore(behind: BaoBehindProxy): Promise<KvStore> {
  const { admin } = behind;
  const { deny, ...opened } = await openAt(behind, "secret/*");
  return {
    ...opened,
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
    deny: (name) => deny(`secret/data/${name}`, `secret/metadata/${name}`),
  };
}

export async function mountKv1(admin: BaoAdmin): Promise<void> {
  await admin.call("POST", "sys/mounts/kv1", { type: "kv", options: { version: "1" } });
}

/** One of version 1 at `kv1`. */
export async function baoKv1Store(behind: BaoBehindProxy): Promise<PlainKvStore> {
  const { admin } = behind;
  const { deny, ...opened } = await openAt(behind, "kv1/*");
  return {
    ...opened,
    put: (name, value) => admin.call("POST", `kv1/${encoded(name)}`, { value }),
    remove: async (name) => void (await admin.call("DELETE", `kv1/${encoded(name)}`)),
    deny: (name) => deny(`kv1/${name}`),
  };
}

async function openAt({ admin, server, ca, tls, way = byToken }: BaoBehindProxy, readable: string) {
  const policy = `kv-${randomUUID()}`;
  const rules: Record<string, readonly string[]> = { [readable]: ["read"] };
  await admin.policy(policy, rules);
  const proof = await way(admin, policy);
  const wire = await startFaultProxy({ to: server.url, ca, tls });
  return {
    address: wire.url,
    proof,
    wire,
    async deny(...paths: readonly string[]) {
      for (const path of paths) rules[path] = ["deny"];
      await admin.policy(policy, rules);
    },
    end: () => wire.close(),
  };
}
