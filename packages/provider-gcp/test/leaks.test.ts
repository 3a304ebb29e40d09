import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeAuthority } from "@secretsource/conformance/wire";
import { createSecrets } from "@secretsource/core";
import { assertLeaksNothing } from "@secretsource/core/testing";
import { afterAll, expect, onTestFinished, test } from "vitest";
import type { GcpSecretManagerOptions } from "../src/index.ts";
import { ask } from "./ask.ts";
import { FakeSecrets, fakeProject } from "./fake/fake-secrets.ts";
import { RpcError } from "./fake/rpc-error.ts";

const value = "kX7qzpR2V9wT4bN8sHd5Jm";
const token = "ya29.c0ASRK0GZb8Qw3Lr6Ty1Nv";

// Both are read when the SDK is loaded, which is why it and what needs it are imported below.
const folder = mkdtempSync(join(tmpdir(), "gcp-"));
afterAll(() => rmSync(folder, { recursive: true }));
const authority = await makeAuthority();
const tls = await authority.issue();
writeFileSync(join(folder, "ca.pem"), authority.ca);
process.env.GRPC_DEFAULT_SSL_ROOTS_FILE_PATH = join(folder, "ca.pem");
process.env.GOOGLE_SDK_NODE_LOGGING = "all";
const { startGrpcServer } = await import("./fake/grpc-server.ts");
const { gcpSecretManager } = await import("../src/index.ts");
const { withRest } = await import("./with-fake.ts");

const authClient = { getRequestHeaders: async () => new Headers({ authorization: `Bearer ${token}` }) };

/** A source over gRPC and TLS, which sends a token. */
async function withTls(options: GcpSecretManagerOptions = {}) {
  const secrets = new FakeSecrets();
  const server = await startGrpcServer(secrets, tls);
  const endpoint = `https://localhost:${server.port}`;
  const source = gcpSecretManager({ projectId: fakeProject, endpoint, authClient, ...options });
  onTestFinished(async () => {
    await source.close?.();
    await server.close();
  });
  return { secrets, server, source };
}

test("the token arrives, and the routing header with it", async () => {
  const { secrets, server, source } = await withTls();
  secrets.put("db", value);
  await ask(source, "db");
  expect(server.calls[0]?.metadata).toMatchObject({
    authorization: `Bearer ${token}`,
    "x-goog-request-params": `name=projects%2F${fakeProject}%2Fsecrets%2Fdb%2Fversions%2Flatest`,
  });
});

test.each(["grpc", "rest"] as const)(
  "with the SDK's debug logging on, neither a value nor a token is printed (%s)",
  async (transport) => {
    const { secrets, source } = transport === "grpc" ? await withTls() : await withRest({ authClient });
    for (let count = 0; count < 2; count += 1) secrets.put("db", value);
    await assertLeaksNothing([value, token], async () => {
      for (const version of ["current", "previous"] as const) await ask(source, "db", version);
      await ask(source, "absent");
      secrets.deny("db");
      await ask(source, "db");
      await source.close?.();
    });
  },
);

test("a failure bears nothing of the error: not its text, details, trailers or stack", async () => {
  const { server, source } = await withTls();
  for (const status of ["PERMISSION_DENIED", "UNAUTHENTICATED", "NOT_FOUND", "INTERNAL", "ABORTED"] as const) {
    const metadata = { permission: value, service: value, consumer: value };
    server.fault = new RpcError(status, `${value} ${token}`, { info: { reason: value, metadata } });
    await assertLeaksNothing([value, token], async () => {
      const secrets = createSecrets({ source: { ...source, close: async () => {} } });
      const said: unknown[] = [await ask(source, "db")];
      secrets.on((event) => void said.push(event));
      said.push(await secrets.getSecret("db").catch((error: unknown) => error), secrets.status());
      await secrets.close();
      expect(said.length).toBeGreaterThan(3);
      return said;
    });
  }
});

test.each(["grpc", "rest"] as const)("credentials that fail bear nothing of why (%s)", async (transport) => {
  const failing = {
    getRequestHeaders: async () => {
      throw Object.assign(new Error(`invalid_grant ${token}`), { config: { headers: { authorization: token } } });
    },
  };
  const { source } =
    transport === "grpc" ? await withTls({ authClient: failing }) : await withRest({ authClient: failing });
  const failure = await assertLeaksNothing([token], () => ask(source, "db"));
  expect(failure).toMatchObject({
    failure: "unauthenticated",
    advice: expect.stringContaining("expired or were revoked"),
  });
});

test("the source shows nothing of its credentials", async () => {
  const { secrets, source } = await withTls();
  secrets.put("db", value);
  await assertLeaksNothing([value, token], async () => {
    await ask(source, "db");
    return source;
  });
});
