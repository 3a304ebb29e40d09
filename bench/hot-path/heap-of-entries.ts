// Run with --expose-gc: prints the bytes that an entry adds to its payload, in full instances of 1,000 entries.
import { createSecrets, type Secrets } from "@secretsource/core";

const instances = 10;
const entries = 1000;
const payloads = new Map(
  Array.from({ length: entries }, (_, index) => [`production/myapp/secret-${index}`, `${index}`.padStart(64, "x")]),
);
const names = [...payloads.keys()];

function usedBytes(): number {
  for (let pass = 0; pass < 4; pass++) globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

async function filled(): Promise<Secrets> {
  const secrets = createSecrets({
    source: {
      specVersion: 1,
      kind: "payloads",
      traits: { stages: ["current"], versionIds: false, labels: false, binary: false, mints: false },
      // The payloads are there before and after: what is counted is what the cache adds to them.
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

// Some for nothing, so that compiled code and one-time tables are not counted.
for (let warmUp = 0; warmUp < 3; warmUp++) await (await filled()).close();
const before = usedBytes();
const kept: Secrets[] = [];
while (kept.length < instances) kept.push(await filled());
console.log((usedBytes() - before) / instances / entries);
for (const secrets of kept) await secrets.close();
