import assert from "node:assert/strict";
import { makeAuthority } from "@secretsource/conformance/wire";
import { createSecrets, memorySource } from "@secretsource/core";
import { startService } from "./service.ts";
import { TlsClient } from "./tls-client.ts";
import { pemOf, pfxOf } from "./vault-forms.ts";

// A certificate is renewed while the service runs. In the place of the vault there is a store in memory.
const authority = await makeAuthority();
const [old, renewed] = [
  await authority.issue({ commonName: "the old one" }),
  await authority.issue({ commonName: "the renewed one" }),
];
const store = memorySource({ "myapp/signing-key": "not-the-real-one", "myapp/tls": pemOf(old) });
const secrets = createSecrets({ source: store });
const server = await startService({ port: 0, secrets, certificate: "myapp/tls" });

/** Resolves when the new version is used, or was refused. */
function untilSettled(value: string | Uint8Array): Promise<string> {
  return new Promise((resolve) => {
    const off = secrets.on(({ type }) => {
      if (type !== "rotated" && type !== "rejected") return;
      off();
      resolve(type);
    });
    store.set("myapp/tls", value);
    // As the vault's event `SecretNewVersionCreated` would. Without one, the service looks by itself, within `ttl`.
    secrets.hint("myapp/tls");
  });
}

const connected = new TlsClient(server, authority.ca);
const before = await connected.ask("/order/7");
assert.equal(before.commonName, "the old one");

assert.equal(await untilSettled(pfxOf(renewed)), "rotated");
const after = await connected.ask("/order/8");
assert.deepEqual([after.status, after.localPort], [200, before.localPort]);
const newcomer = new TlsClient(server, authority.ca);
assert.equal((await newcomer.ask("/order/9")).commonName, "the renewed one");
console.log("The renewed certificate is used, and the connection from before is still open");

// Somebody sets a version that is no certificate.
assert.equal(await untilSettled("no certificate"), "rejected");
const late = new TlsClient(server, authority.ca);
assert.equal((await late.ask("/order/10")).commonName, "the renewed one");
console.log("A version that is no certificate is refused, and the one before stays");

late.close();
connected.close();
newcomer.close();
server.close();
server.closeAllConnections();
