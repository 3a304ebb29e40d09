import { startFake } from "./fake/start-fake.ts";
import type { KvStore } from "./kv-harness.ts";

const valueIn = (json: string) => (JSON.parse(json) as { value: string }).value;

export async function fakeKvStore(): Promise<KvStore> {
  const { vault, server, address } = await startFake();
  const { kv } = vault;
  return {
    address,
    token: vault.root.value,
    wire: server,
    put: (name, value) => kv.put(name, JSON.stringify({ value })),
    valueOf: (name) => valueIn(kv.version(name, (kv.secrets.get(name)?.length ?? 0) - 1).json),
    remove: (name) => void kv.secrets.delete(name),
    deny: (name) => vault.deny(`secret/data/${name}`, `secret/metadata/${name}`),
    end: () => server.close(),
  };
}
