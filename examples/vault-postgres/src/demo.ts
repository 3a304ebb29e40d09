import assert from "node:assert/strict";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { startProgram } from "../../../tools/servers/index.ts";
import { startStore } from "./demo/store.ts";
import { askForOrders, Traffic } from "./demo/traffic.ts";

console.log("Starting OpenBao and PostgreSQL; the database's users live for 8 s, and 16 s when they are renewed.");
await using store = await startStore();
await using program = await startProgram(join(import.meta.dirname, "main.ts"), store.env);
const url = `http://127.0.0.1:${program.port}`;

// Renewals and replacements under traffic.
const traffic = new Traffic(url);
let mostUsers = 0;
let longestOverlapMs = 0;
let alone = Date.now();
for (const until = Date.now() + 30_000; Date.now() < until; await delay(100)) {
  mostUsers = Math.max(mostUsers, (await store.users()).length);
  if ((await store.connected()).length <= 1) alone = Date.now();
  longestOverlapMs = Math.max(longestOverlapMs, Date.now() - alone);
}
await traffic.stop();
const { users, answers, failures, unhealthy } = traffic;
console.log(`${answers} answers by ${users.length} users, one after the other; failed: ${failures}`);
assert.equal(failures, 0);
assert.equal(unhealthy, 0);
assert.ok(users.length >= 3, "users were replaced");
assert.ok(answers > 500, "there was traffic");
assert.ok(mostUsers <= 2, `at most the current user and the one before it, not ${mostUsers}`);
assert.ok(longestOverlapMs < 2_000, "the old pool was drained long before its user's end");

// Nobody works with the old users any more.
const current = await askForOrders(url);
assert.deepEqual(await store.connected(), [current]);

// Somebody ends all leases behind our back: the next query has a new user.
await store.endAllLeases();
const from = Date.now();
let recovered: string | undefined;
while (recovered === undefined && Date.now() - from < 10_000) recovered = await askForOrders(url);
assert.ok(recovered !== undefined && recovered !== current, "another user took over");
console.log(`All leases were ended by an administrator: answered again after ${Date.now() - from} ms`);

// The end: nothing is left behind.
assert.equal(await program.stop(), 0);
assert.deepEqual(await store.connected(), []);
assert.deepEqual(await store.users(), []);
console.log("Stopped: no connection and no user is left in the database");
