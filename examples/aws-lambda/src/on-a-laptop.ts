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
const aws = await standIn({
  GetSecretValue: ({ SecretId }) => ({
    ARN: `arn:aws:secretsmanager:eu-west-1:123456789012:secret:${SecretId}-AbCdEf`,
    Name: SecretId,
    VersionId: version,
    SecretString: "sk_live_stand_in",
    VersionStages: ["AWSCURRENT"],
  }),
});

const folder = mkdtempSync(join(tmpdir(), "lambda-"));
const { file, sizes } = await bundleHandler(folder);
console.log(sizes);

const sandbox = fork(join(import.meta.dirname, "sandbox.ts"), [file]);
await once(sandbox, "message");
async function invoke(order: number): Promise<{ readonly keyVersion: string }> {
  sandbox.send({ order });
  const [{ result, error }] = (await once(sandbox, "message")) as [{ result: { keyVersion: string }; error?: string }];
  assert.equal(error, undefined);
  return result;
}

for (let order = 0; order < 5; order += 1) assert.equal((await invoke(order)).keyVersion, version);
assert.equal(aws.calls.length, 1);

// Frozen, as Lambda does between invocations; meanwhile the secret is rotated.
sandbox.kill("SIGSTOP");
version = "2".repeat(36);
await delay(1500);
sandbox.kill("SIGCONT");
await delay(200);
assert.equal(aws.calls.length, 1);
assert.equal((await invoke(5)).keyVersion, version);
assert.equal(aws.calls.length, 2);
console.log("6 invocations, frozen and thawed once: 2 calls to AWS, none of them by itself");

sandbox.kill();
aws.close();
rmSync(folder, { recursive: true });
