import assert from "node:assert/strict";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { startProgram } from "../../../tools/servers/index.ts";
import { startCluster } from "./demo/cluster.ts";
import { startKubelet } from "./demo/kubelet.ts";
import { accountName, checkManifests } from "./demo/manifests.ts";
import { startStore } from "./demo/store.ts";

console.log(`${await checkManifests()} manifests: good`);

await using cluster = await startCluster();
await using store = await startStore(cluster);
using kubelet = startKubelet();
const main = join(import.meta.dirname, "main.ts");
// The ConfigMap's, but for what is different here: no TLS to the store, a free port, and no patience.
const { VAULT_ROLE = "", VAULT_LOGIN_TOKEN = "" } = kubelet.env;
const env = {
  VAULT_ROLE,
  VAULT_LOGIN_TOKEN: kubelet.pathOf(VAULT_LOGIN_TOKEN),
  VAULT_ADDR: store.address,
  CACHE_TTL: "1s",
};

// A token for somebody else is none for the store.
kubelet.writeToken("https://kubernetes.default.svc");
await assert.rejects(startProgram(main, env), /unauthenticated/);
assert.deepEqual(cluster.reviews, []);

const first = kubelet.writeToken();
await using program = await startProgram(main, env);
const url = `http://127.0.0.1:${program.port}`;
const versionNow = async () => (await fetch(`${url}/order/7`)).headers.get("x-key-version");
const untilVersion = async (version: string) => {
  for (const until = Date.now() + 15_000; Date.now() < until; await delay(100)) {
    if ((await versionNow()) === version) return;
  }
  assert.fail(`Version ${version} of the key did not come.`);
};

assert.equal(await versionNow(), "1");
for (const path of kubelet.probes) assert.equal((await fetch(`${url}${path}`)).status, 200);
const review = {
  by: accountName("vault", "vault"),
  whose: accountName("shop", "orders"),
  audiences: ["vault"],
  findings: [],
};
assert.deepEqual(cluster.reviews, [{ ...review, token: first }]);
console.log(`Logged in as ${review.whose}, which the cluster was asked for once`);

// The kubelet writes another token, and the store's own comes to its end: the next login is by the new one.
const second = kubelet.writeToken();
await store.writeKey("the second one");
await untilVersion("2");
const isBySecond = ({ token }: { token: string }) => token === second;
for (const until = Date.now() + 15_000; !cluster.reviews.some(isBySecond) && Date.now() < until; ) await delay(100);
// The store asks again at each renewal, about the token of the login.
const reviews = cluster.reviews.slice(0, cluster.reviews.findIndex(isBySecond) + 1);
assert.deepEqual(reviews.pop(), { ...review, token: second });
for (const one of reviews) assert.deepEqual(one, { ...review, token: first });
assert.ok(reviews.length <= 3, "one login and two renewals");
await store.writeKey("the third one");
await untilVersion("3");
assert.equal((await fetch(`${url}/healthz`)).status, 200);
console.log("Logged in again by the token that the kubelet had written since");

assert.equal(await program.stop(), 0);
assert.equal(await store.tokens(), 0);
for (const token of [first, second]) assert.ok(!program.log().includes(token));
console.log("Stopped: no token of ours is left in the store");
