import { randomUUID } from "node:crypto";
import { makeAuthority } from "@secretsource/conformance/wire";
import { FakeMinter, type FakeRole } from "./fake/fake-minter.ts";
import { startFake } from "./fake/start-fake.ts";
import type { MintingStore } from "./minting-harness.ts";

const credential = () => ({ username: `v-app-${randomUUID()}`, password: randomUUID() });

const leasedRole: FakeRole = { lease: { ttl: 60, maxTtl: 300 }, data: credential };

/** A minting engine of the fake at this mount. */
export async function fakeMintingStore(
  mount: string,
  verb = "creds",
  method = "GET",
  role: FakeRole = leasedRole,
): Promise<MintingStore> {
  const { vault, server, address } = await startFake();
  const minter = new FakeMinter(vault.leases, verb, method);
  vault.mounts.set(`${mount}/`, minter);
  return {
    address,
    token: vault.root.value,
    wire: server,
    grant: (name) => void minter.roles.set(name, role),
    remove: (name) => void minter.roles.delete(name),
    deny: (name) => vault.deny(`${mount}/${verb}/${name}`),
    endLease: (id) => void vault.leases.all.delete(id),
    end: () => server.close(),
  };
}

const { cert, key } = await (await makeAuthority()).issue();

/** What a pki engine gives for a certificate of so many seconds. */
export function certificateFor(seconds: number): object {
  const pem = (what: string) => `-----BEGIN ${what}-----\n${randomUUID()}\n-----END ${what}-----`;
  return {
    certificate: cert,
    issuing_ca: pem("CERTIFICATE"),
    ca_chain: [pem("CERTIFICATE")],
    private_key: key,
    // Without `private_key_type`: the suite looks for every text of a payload where none may be, and "rsa" is in plain words.
    serial_number: randomUUID().replaceAll("-", ":"),
    expiration: Math.floor(Date.now() / 1000) + seconds,
  };
}
