import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { getSecret } from "@secretsource/core";
import { fakeGoogle } from "./fake-google.ts";
import { startService } from "./service.ts";

// The service of Cloud Run, with the SDK of Google's over gRPC; Secret Manager is a fake on this machine.
const google = await fakeGoogle();
google.add("the first key");
process.env.SECRETSOURCE = `gcp-secret-manager:?projectId=my-project&endpoint=${encodeURIComponent(google.url)}`;

const server = await startService(0);
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const read = "my-project/secrets/myapp--signing-key/versions/latest";

async function sign(path: string) {
  const answer = await fetch(`${url}${path}`);
  return { signature: await answer.text(), version: answer.headers.get("x-key-version") };
}

function signed(key: string, path: string, version: string) {
  return { signature: createHmac("sha256", key).update(path).digest("hex"), version };
}

const orders = Array.from({ length: 200 }, (_, order) => `/order/${order}`);
for (const [index, answer] of (await Promise.all(orders.map(sign))).entries()) {
  assert.deepEqual(answer, signed("the first key", orders[index] ?? "", "1"));
}
assert.deepEqual(google.reads, [`projects/${read}`]);
console.log(`200 requests, ${google.reads.length} read of Secret Manager`);

google.add("the second key");
// Without being asked it follows within 5 minutes. A secret is asked for once a second at most, also by `refresh`.
await sleep(1_000);
await getSecret("myapp/signing-key", { refresh: true });
assert.deepEqual(await sign("/order/1"), signed("the second key", "/order/1", "2"));
assert.equal(google.reads.length, 2);

// A key that is taken away by mistake does not stop the service in the same moment, and a restart would not bring it back.
google.disable();
assert.deepEqual(await sign("/order/2"), signed("the second key", "/order/2", "2"));
assert.equal((await fetch(`${url}/livez`)).status, 200);
console.log("The key was rotated while the service ran, and it signs with the new one");

server.close();
server.closeAllConnections();
await once(server, "close");
google.close();
