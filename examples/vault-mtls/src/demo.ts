import assert from "node:assert/strict";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { startProgram } from "../../../tools/servers/index.ts";
import { Certificate, proveCertificate, tlsOf } from "./certificate.ts";
import { certificatesFrom } from "./certificates.ts";
import { askWithoutCertificate, Clients } from "./demo/clients.ts";
import { startStore } from "./demo/store.ts";

console.log("Starting OpenBao; its certificates are good for 8 s.");
await using store = await startStore();
await using program = await startProgram(join(import.meta.dirname, "main.ts"), {
  VAULT_ADDR: store.address,
  VAULT_ROLE_ID: store.server.roleId,
  VAULT_SECRET_ID_FILE: store.server.secretIdFile,
});

// The client's own certificate comes from the same authority, and is replaced as well.
process.env.VAULT_ADDR = store.address;
await using secrets = certificatesFrom({ pkiRole: "shop", commonName: "shop.internal", ...store.client });
const own = await secrets.watchSecret("certificate", {
  schema: Certificate,
  verify: (next) => proveCertificate(next.reveal()),
});
let ownCertificates = 1;
own.onRotate(() => {
  ownCertificates += 1;
});

const clients = new Clients(program.port, () => tlsOf(own.current.reveal()));
await delay(30_000);
await clients.stop();
const { serials, connections, failures, keptAnswers, keptFailures, keptSerials } = clients;
console.log(
  `${connections} connections to ${serials.length} certificates, by ${ownCertificates} of the client's; failed: ${failures}`,
);
console.log(`${keptAnswers} answers over one connection that stayed open; failed: ${keptFailures}`);
assert.equal(failures, 0);
assert.equal(keptFailures, 0);
assert.equal(keptSerials.size, 1, "the connection was never dropped");
assert.ok(serials.length >= 4, "the server's certificate was replaced");
assert.ok(ownCertificates >= 4, "and the client's");
assert.ok(connections > 300, "there was traffic");

const refusal = await askWithoutCertificate(program.port, tlsOf(own.current.reveal()).ca);
assert.equal(refusal, "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED");
console.log("Without a certificate: refused");

assert.equal(await program.stop(), 0);
assert.ok(!program.log().includes("PRIVATE KEY"));
