import { FakeKv1 } from "./fake/fake-kv.ts";
import type { FakeVault } from "./fake/fake-vault.ts";
import { startFake } from "./fake/start-fake.ts";
import type { KvStore, PlainKvStore } from "./kv-harness.ts";
import { type Proof, tokenProof } from "./proof.ts";

const valueIn = (json: string) => (JSON.parse(json) as { value: string }).value;
const byRoot = ({ root }: FakeVault) => tokenProof(root.value);

/** An engine of version 2. */
export function fakeKvStore(): Promise<KvStore> {
  return fakeKvStoreFor(byRoot);
}

export async function fakeKvStoreFor(proofAt: (vault: FakeVault) => Proof): Promise<KvStore> {
  const { vault, server, address } = await startFake();
  const { kv } = vault;
  return {
    address,
    proof: proofAt(vault),
    wire: server,
    put: (name, value) => kv.put(name, JSON.stringify({ value })),
    valueOf: (name) => valueIn(kv.version(name, (kv.secrets.get(name)?.length ?? 0) - 1).json),
    remove: (name) => void kv.secrets.delete(name),
    deny: (name) => vault.deny(`secret/data/${name}`, `secret/metadata/${name}`),
    end: () => server.close(),
  };
}

/** An engine of version 1 at `kv1`. */
export async function fakeKv1Store(): Promise<PlainKvStore> {
  const { vault, server, address } = await startFake();
  const kv = new FakeKv1();
  vault.mounts.set("kv1/", kv);
  return {
    address,
    proof: byRoot(vault),
    wire: server,
    put: (name, value) => void kv.secrets.set(name, JSON.stringify({ value })),
    remove: (name) => void kv.secrets.delete(name),
    deny: (name) => vault.deny(`kv1/${name}`),
    end: () => server.close(),
  };
}
