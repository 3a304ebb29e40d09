// Run with --expose-gc and a count: prints the bytes that an instance with that many secrets holds.
import { createSecrets } from "@secretsource/core";

const count = Number(process.argv[2]);
const payloads = new Map(
  Array.from({ length: count }, (_, index) => [`production/myapp/secret-${index}`, `${index}`.padStart(64, "x")]),
);
const names = [...payloads.keys()];

/** The payloads are there before and after: what is counted is what the cache adds to them. */
function heldBytes(): number {
  for (let pass = 0; pass < 4; pass++) globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

async function filled(): Promise<AsyncDisposable> {
  const secrets = createSecrets({
    source: {
      specVersion: 1,
      kind: "payloads",
      traits: { stages: ["current"], versionIds: false, labels: false, binary: false, mints: false },
      read: async ({ name }) => ({
        payload: payloads.get(name) ?? "",
        version: `version of ${name}`,
        metadata: { arn: `arn:aws:secretsmanager:eu-west-1:123456789012:secret:${name}` },
      }),
      classify: () => undefined,
    },
    ttl: "24h",
  });
  for (let round = 0; round < 2; round++) for (const name of names) await secrets.getSecret(name);
  return secrets;
}

// Once for nothing, so that compiled code and one-time tables are not counted.
await (await filled())[Symbol.asyncDispose]();
const before = heldBytes();
const secrets = await filled();
console.log(heldBytes() - before);
await secrets[Symbol.asyncDispose]();
