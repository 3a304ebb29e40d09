import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { inspect } from "node:util";
import { createSecrets, isSecretsError, type SecretsError } from "@secretsource/core";
import { kvSource } from "./kv-source.ts";
import { startReport } from "./report.ts";
import { startStore } from "./store.ts";

const report = startReport();
const randomValue = () => randomBytes(12).toString("hex");
const token = randomValue();
const values = { apiKey: randomValue(), password: randomValue(), salary: randomValue(), rotated: randomValue() };
const hundred = Array.from({ length: 100 }, (_, index) => ({ name: `tenants/${index}/key`, value: randomValue() }));

const store = await startStore({ [token]: (key) => !key.startsWith("payroll/") });
store.put("api-key", values.apiKey);
store.put("database", JSON.stringify({ username: "app", password: values.password }));
store.put("payroll/salaries", values.salary);
for (const { name, value } of hundred) store.put(name, value);

process.env.KV_TOKEN = token;
const secrets = createSecrets({ from: `kv:${store.url}`, schemes: [kvSource], ttl: "1s" });

async function failureOf(name: string): Promise<SecretsError | undefined> {
  try {
    await secrets.getSecret(name);
  } catch (error) {
    if (isSecretsError(error)) return error;
    throw error;
  }
}

async function requestsOf(work: () => Promise<void>): Promise<number> {
  const before = store.requests.length;
  await work();
  return store.requests.length - before;
}

console.log("What is there\n");
const apiKey = await secrets.getSecret("api-key");
report.check(`api-key, version ${apiKey.version}, prints as ${apiKey}`, apiKey.reveal() === values.apiKey);
const password = await secrets.getSecret("database", { field: "password" });
report.check(`one field of database prints as ${password}`, password.reveal() === values.password);

console.log("\nWhat is not\n");
const absent = await failureOf("nowhere");
report.check(`nowhere: ${absent?.message}`, absent?.code === "not-found");
const optional = await secrets.getSecret("nowhere-either", { optional: true });
report.check(`nowhere-either, which is optional: ${optional}`, optional === undefined);
const denied = await failureOf("payroll/salaries");
report.check(`payroll/salaries: ${denied?.code}. ${denied?.advice}`, denied?.advice?.includes("keys:read") === true);

console.log("\nA hundred at once\n");
const batches = await requestsOf(async () => {
  const read = await Promise.all(hundred.map(({ name }) => secrets.getSecret(name)));
  const right = read.filter((secret, index) => secret.reveal() === hundred[index]?.value).length;
  report.check(`${right} of ${hundred.length} values are right`, right === hundred.length);
});
report.check(`the store saw ${batches} requests`, batches === 2);

console.log("\nA store in trouble\n");
store.put("mail", values.apiKey);
store.insteadNext("cut");
store.insteadNext({ status: 503 });
const tries = await requestsOf(async () => {
  const mail = await secrets.getSecret("mail");
  report.check("it restarts while we read: cut off, then 503, then the value", mail.reveal() === values.apiKey);
});
report.check(`the store saw ${tries} requests, the caller one answer`, tries === 3);

store.put("slow", values.apiKey);
store.insteadNext({ status: 429, headers: { "retry-after": "1" } });
const asked = performance.now();
await secrets.getSecret("slow");
const waited = performance.now() - asked;
report.check(`it says "again in 1 s": answered after ${(waited / 1_000).toFixed(1)} s`, waited >= 990);

await secrets.getSecret("api-key");
await store.stop();
await sleep(1_100);
const stale = await secrets.getSecret("api-key");
report.check(`it is down, and the value is past its ttl: served stale (${stale.stale})`, stale.stale === "unavailable");
store.put("api-key", values.rotated);
await store.start();
let again = stale;
for (const end = Date.now() + 20_000; again.version !== "2" && Date.now() < end; await sleep(100))
  again = await secrets.getSecret("api-key");
const recovered = again.reveal() === values.rotated && again.stale === undefined;
report.check(`it is back: version ${again.version}, fresh, and nobody restarted us`, recovered);

console.log("\nWhat all of this looks like in a log\n");
console.log(inspect({ apiKey, password, denied, absent: JSON.stringify(absent) }, { depth: 9 }));
const all = [token, ...Object.values(values), ...hundred.map(({ value }) => value)];
const leaks = report.leaks(all);
report.check(`of ${all.length} values, ${leaks} were printed`, leaks === 0);

await secrets.close();
await store.stop();
