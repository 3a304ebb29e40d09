import { describe, expect, test } from "vitest";
import { ask } from "../test/ask.ts";
import { withGrpc, withRest } from "../test/with-fake.ts";

const inAnHour = Date.now() + 3_600_000;

describe.each([
  ["gRPC", withGrpc],
  ["REST", withRest],
])("over %s", (_transport, withFake: typeof withGrpc | typeof withRest) => {
  test("a record tells when it is to be rotated and expires, and the secret's labels and annotations", async () => {
    const { secrets, source } = await withFake({ secretDetails: true });
    secrets.put("db", "one");
    Object.assign(secrets.secret("db"), {
      labels: { team: "payments" },
      annotations: { "owner.example/id": "Ünit 7" },
      nextRotationAt: inAnHour,
      expiresAt: inAnHour + 1000,
      destroyDelaySeconds: 7 * 86_400,
    });
    const record = await ask(source, "db");
    expect(record).toMatchObject({
      version: "1",
      validUntil: inAnHour + 1000,
      metadata: {
        "label.team": "payments",
        "annotation.owner.example/id": "Ünit 7",
        nextRotation: new Date(inAnHour).toISOString(),
        expires: new Date(inAnHour + 1000).toISOString(),
        versionDestroyDelay: "604800s",
        checksum: "crc32c",
      },
    });
    const { changesInMs = 0 } = record as { changesInMs?: number };
    expect(changesInMs).toBeGreaterThan(3_500_000);
    expect(changesInMs).toBeLessThanOrEqual(3_600_000);
  });

  test("a rotation that is overdue, and one of a version that is not current, say nothing about the next", async () => {
    const { secrets, source } = await withFake({ secretDetails: true });
    secrets.put("db", "one");
    secrets.secret("db").nextRotationAt = inAnHour;
    expect(await ask(source, "db", { id: "1" })).not.toHaveProperty("changesInMs");
    secrets.secret("db").nextRotationAt = Date.now() - 1000;
    expect(await ask(source, "db")).not.toHaveProperty("changesInMs");
  });
});

test("without the permission the value is given, with a warning; without `secretDetails` nothing is asked", async () => {
  const { secrets, server, source } = await withGrpc({ secretDetails: true });
  secrets.put("db", "one");
  secrets.denied.add("GetSecret");
  expect(await ask(source, "db")).toMatchObject({
    version: "1",
    warnings: [expect.stringContaining("`secretmanager.secrets.get`")],
  });
  expect(server.calls.map(({ method }) => method).sort()).toEqual(["AccessSecretVersion", "GetSecret"]);
  const plain = await withGrpc();
  plain.secrets.put("db", "one");
  await ask(plain.source, "db");
  expect(plain.server.calls.map(({ method }) => method)).toEqual(["AccessSecretVersion"]);
});
