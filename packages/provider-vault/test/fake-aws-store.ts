import { FakeAwsEngine, type FakeAwsRole } from "./fake/fake-aws-engine.ts";
import { startFake } from "./fake/start-fake.ts";
import type { MintingStore } from "./minting-harness.ts";

/** The fake's aws engine, whose roles are all of one type. */
export async function fakeAwsStore(type: FakeAwsRole["type"]): Promise<MintingStore> {
  const { vault, server, address } = await startFake();
  const engine = new FakeAwsEngine(vault.leases, Date.now);
  vault.mounts.set("aws/", engine);
  return {
    address,
    token: vault.root.value,
    wire: server,
    grant: (name) => void engine.roles.set(name, { type, roleArns: ["arn:aws:iam::123456789012:role/app"] }),
    remove: (name) => void engine.roles.delete(name),
    deny: (name) => vault.deny(`aws/creds/${name}`),
    endLease: (id) => void vault.leases.all.delete(id),
    end: () => server.close(),
  };
}
