import assert from "node:assert/strict";
import { createHmac, randomUUID } from "node:crypto";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { configureSecrets, getSecret } from "@secretsource/core";
import { standIn } from "@secretsource/example-aws-stand-in";
import { awsSecretsManager } from "@secretsource/provider-aws";
import { shopService } from "./service.ts";

const versions = new Map([
  ["production/shop/signing-key", { id: randomUUID(), value: "first key" }],
  ["production/shop/db", { id: randomUUID(), value: '{"username":"shop","password":"p"}' }],
]);
const answerFor = (name: string) => ({
  ARN: `arn:aws:secretsmanager:eu-west-1:123456789012:secret:${name}-AbCdEf`,
  Name: name,
  VersionId: versions.get(name)?.id,
  SecretString: versions.get(name)?.value,
  VersionStages: ["AWSCURRENT"],
});
const aws = await standIn({
  GetSecretValue: ({ SecretId }) => answerFor(String(SecretId)),
  BatchGetSecretValue: ({ SecretIdList }) => ({ SecretValues: (SecretIdList as string[]).map(answerFor) }),
});

const secrets = configureSecrets({ from: "aws-secrets-manager:", schemes: [awsSecretsManager] });
const server = shopService();
await new Promise<void>((resolve) => server.listen(0, resolve));
const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const ask = async (path: string) =>
  (await (await fetch(`${base}${path}`)).json()) as { signature: string; keyVersion: string; user: string };
const signed = (key: string, path: string) => createHmac("sha256", key).update(path).digest("hex");

const answers = await Promise.all(Array.from({ length: 200 }, (_, order) => ask(`/orders/${order}`)));
for (const [order, { signature, user }] of answers.entries()) {
  assert.equal(signature, signed("first key", `/orders/${order}`));
  assert.equal(user, "shop");
}
console.log(`200 requests, ${aws.calls.length} call to AWS: ${aws.calls.join(", ")}`);
assert.deepEqual(aws.calls, ["BatchGetSecretValue"]);

versions.set("production/shop/signing-key", { id: randomUUID(), value: "second key" });
// What an event of AWS would bring about; without it, the value follows within 5 minutes.
// A secret is asked for once a second at most, also by `refresh`: the first answer has to be that old.
await sleep(1_000);
await getSecret("production/shop/signing-key", { refresh: true });
assert.equal((await ask("/orders/1")).signature, signed("second key", "/orders/1"));
console.log("the key was rotated, and the service signs with the new one");

server.closeAllConnections();
server.close();
await secrets.close();
aws.close();
