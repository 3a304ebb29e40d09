import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { createSecrets } from "@secretsource/core";
import { assertLeaksNothing } from "@secretsource/core/testing";
import { expect, test } from "vitest";
import type { GcpSecretManagerOptions } from "../src/index.ts";
import { ask } from "./ask.ts";
import { fakeProject } from "./fake/fake-secrets.ts";
import { RpcError } from "./fake/rpc-error.ts";

const value = "kX7qzpR2V9wT4bN8sHd5Jm";
const token = "ya29.c0ASRK0GZb8Qw3Lr6Ty1Nv";

// It is read when the SDK is loaded, which is why what needs that is imported below.
process.env.GOOGLE_SDK_NODE_LOGGING = "all";
const { withTls: withTlsOf } = await import("./with-tls.ts");
const { withRest } = await import("./with-fake.ts");

const authClient = { getRequestHeaders: async () => new Headers({ authorization: `Bearer ${token}` }) };
const withTls = (options: GcpSecretManagerOptions = {}) => withTlsOf({ authClient, ...options });

test("the token arrives, and the routing header with it", async () => {
  const { secrets, server, source } = await withTls();
  secrets.put("db", value);
  await ask(source, "db");
  expect(server.calls[0]?.metadata).toMatchObject({
    authorization: `Bearer ${token}`,
    "x-goog-api-client": expect.stringMatching(/^gl-node\/\d+\.\d+\.\d+ gax\/\d+\.\d+\.\d+$/),
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

const debugging = [
  { GOOGLE_SDK_NODE_LOGGING: "all" },
  { GRPC_TRACE: "all", GRPC_VERBOSITY: "DEBUG" },
  { NODE_DEBUG: "http,https,http2,net,stream,tls" },
];

test.each(
  debugging.flatMap((variables) => (["grpc", "rest"] as const).map((transport) => [transport, variables] as const)),
)(
  "over %s in a process with %j, neither a value nor a token is printed",
  async (transport, variables) => {
    const { secrets, server } = transport === "grpc" ? await withTls() : await withRest();
    for (let count = 0; count < 2; count += 1) secrets.put("db", value);
    const endpoint = "url" in server ? server.url : `https://localhost:${server.port}`;
    const program = join(import.meta.dirname, "programs", "read-and-say-nothing.ts");
    const hooks = join(import.meta.dirname, "../../conformance/test/runner/from-sources.ts");
    const run = await promisify(execFile)(process.execPath, ["--import", hooks, program, transport, endpoint, token], {
      env: { ...process.env, GOOGLE_SDK_NODE_LOGGING: undefined, ...variables },
      timeout: 20_000,
      maxBuffer: 256 * 1024 * 1024,
    });
    // Without its modules, gRPC has nothing to say over REST.
    if (!(transport === "rest" && "GRPC_TRACE" in variables)) expect(run.stderr.length).toBeGreaterThan(0);
    await assertLeaksNothing([value, token], async () => [run.stdout, run.stderr]);
  },
  20_000,
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
