import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { standIn } from "@secretsource/example-aws-stand-in";
import { bundleHandler } from "./bundle-handler.ts";

let version = "1".repeat(36);
let isOutOfOrder = true;
const aws = await standIn({
  GetSecretValue: ({ SecretId }) =>
    isOutOfOrder
      ? { __type: "InternalServiceError" }
      : {
          ARN: `arn:aws:secretsmanager:eu-west-1:123456789012:secret:${SecretId}-AbCdEf`,
          Name: SecretId,
          VersionId: version,
          SecretString: "sk_live_stand_in",
          VersionStages: ["AWSCURRENT"],
        },
});

const folder = mkdtempSync(join(tmpdir(), "lambda-"));
const { file, sizes } = await bundleHandler(folder);
console.log(sizes);

async function startSandbox() {
  const sandbox = fork(join(import.meta.dirname, "sandbox.ts"), [file]);
  await once(sandbox, "message");
  const invoke = async (order: number) => {
    sandbox.send({ order });
    const [answer] = await once(sandbox, "message");
    return answer as { readonly result?: { readonly keyVersion: string }; readonly error?: string };
  };
  return { sandbox, invoke };
}

// A cold start in which the store does not answer spoils the invocations of that moment, and none after it.
const unlucky = await startSandbox();
assert.match(String((await unlucky.invoke(0)).error), /cannot be reached/);
isOutOfOrder = false;
await delay(1500);
assert.deepEqual(await unlucky.invoke(1), { result: { order: 1, keyVersion: version, length: 16 } });
console.log("a cold start without the store, and the next invocation with it");
unlucky.sandbox.kill();
aws.calls.length = 0;

const { sandbox, invoke } = await startSandbox();
async function versionOf(order: number): Promise<string | undefined> {
  const { result, error } = await invoke(order);
  assert.equal(error, undefined);
  return result?.keyVersion;
}

for (let order = 0; order < 5; order += 1) assert.equal(await versionOf(order), version);
assert.equal(aws.calls.length, 1);

// Frozen, as Lambda does between invocations; meanwhile the secret is rotated.
sandbox.kill("SIGSTOP");
version = "2".repeat(36);
await delay(1500);
sandbox.kill("SIGCONT");
await delay(200);
assert.equal(aws.calls.length, 1);
assert.equal(await versionOf(5), version);
assert.equal(aws.calls.length, 2);
console.log("6 invocations, frozen and thawed once: 2 calls to AWS, none of them by itself");

sandbox.kill();
aws.close();
rmSync(folder, { recursive: true });
