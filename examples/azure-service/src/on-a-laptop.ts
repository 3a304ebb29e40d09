import assert from "node:assert/strict";
import type { AddressInfo } from "node:net";
import { startService } from "./service.ts";

// What runs in Azure with SECRETSOURCE=azure-key-vault:myapp-prod runs here without an account.
process.env.SECRETSOURCE = "env:";
process.env.MYAPP_SIGNING_KEY = "not-the-real-one";

const server = await startService({ port: 0 });
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const signature = await (await fetch(`${url}/order/7`)).text();
assert.match(signature, /^[0-9a-f]{64}$/);
assert.equal(await (await fetch(`${url}/healthz`)).text(), "ok");
console.log(`Signed with a key of the environment: ${signature.slice(0, 16)}…`);
server.close();
server.closeAllConnections();
