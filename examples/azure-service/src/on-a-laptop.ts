import assert from "node:assert/strict";
import type { AddressInfo } from "node:net";
import { makeAuthority } from "@secretsource/conformance/wire";
import { secretsHere } from "./secrets-here.ts";
import { startService } from "./service.ts";
import { TlsClient } from "./tls-client.ts";
import { pemOf, pfxOf } from "./vault-forms.ts";

// What runs in Azure with SECRETSOURCE=azure-key-vault:myapp-prod runs here without an account.
process.env.SECRETSOURCE = "env:";
process.env.MYAPP_SIGNING_KEY = "not-the-real-one";

const plain = await startService({ port: 0, secrets: secretsHere() });
const url = `http://127.0.0.1:${(plain.address() as AddressInfo).port}`;
const signature = await (await fetch(`${url}/order/7`)).text();
assert.match(signature, /^[0-9a-f]{64}$/);
assert.equal(await (await fetch(`${url}/healthz`)).text(), "ok");
console.log(`Signed with a key of the environment: ${signature.slice(0, 16)}…`);
plain.close();
plain.closeAllConnections();

const authority = await makeAuthority();
for (const [form, inVariable] of [
  ["PEM", pemOf],
  ["PFX", (one: Parameters<typeof pfxOf>[0]) => Buffer.from(pfxOf(one)).toString("base64")],
] as const) {
  process.env.MYAPP_TLS = inVariable(await authority.issue({ commonName: form }));
  const server = await startService({ port: 0, secrets: secretsHere(), certificate: "myapp/tls" });
  const client = new TlsClient(server, authority.ca);
  assert.equal((await client.ask("/order/7")).commonName, form);
  console.log(`The same over TLS, with a certificate of the environment as ${form}`);
  client.close();
  server.close();
  server.closeAllConnections();
}
