import { createServer as createHttpServer } from "node:http";
import { createServer, type ServerHttp2Stream } from "node:http2";
import type { AddressInfo } from "node:net";
import { assertLeaksNothing } from "@secretsource/core/testing";
import { expect, onTestFinished, test } from "vitest";
import { ask, askText } from "./ask.ts";
import { fakeProject } from "./fake/fake-secrets.ts";
import { RpcError } from "./fake/rpc-error.ts";
import { withTls } from "./with-tls.ts";

// What loads gRPC comes after what says its roots.
const { gcpSecretManager } = await import("../src/index.ts");
const { withGrpc, withRest } = await import("./with-fake.ts");
const { googleAuthLibrary } = await import("google-gax");

const canary = "kX7qzpR2V9wT4bN8sHd5Jm";

/** A source in front of something that speaks HTTP/2. */
async function inFrontOf(answer: (stream: ServerHttp2Stream) => void) {
  const server = createServer().on("stream", (stream) => {
    stream.on("error", () => {});
    answer(stream);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const source = gcpSecretManager({ projectId: fakeProject, endpoint: `http://127.0.0.1:${port}` });
  onTestFinished(() => source.close?.());
  return source;
}

/** An error as gRPC has it, its trailers together with its headers. */
const refusal = (status: string, more: Record<string, string>) => (stream: ServerHttp2Stream) =>
  stream.respond(
    { ":status": 200, "content-type": "application/grpc", "grpc-status": status, ...more },
    { endStream: true },
  );

const base64 = (...bytes: number[]) => Buffer.from(bytes).toString("base64");

test.each<[string, (stream: ServerHttp2Stream) => void, string]>([
  ["details that are no message", refusal("8", { "grpc-status-details-bin": base64(0xff, 0xff, 0xff) }), "throttled"],
  ["details that are no base64", refusal("8", { "grpc-status-details-bin": "%%%" }), "throttled"],
  [
    "details that end too early",
    refusal("7", { "grpc-status-details-bin": base64(0x1a, 0x7f, 0x0a) }),
    "access-denied",
  ],
  [
    "details twice",
    refusal("8", { "grpc-status-details-bin": `${base64(0x08, 0x08)},${base64(0x08, 0x08)}` }),
    "throttled",
  ],
  ["a message that is no percent-encoding", refusal("14", { "grpc-message": `%E0%A4%A ${canary}` }), "unavailable"],
  ["a long message", refusal("9", { "grpc-message": `projects/${canary}`.repeat(500) }), "invalid-request"],
  ["a status that is no number", refusal("x", { "grpc-message": canary }), "unavailable"],
  ["a status beyond all", refusal("4711", { "grpc-message": canary }), "unavailable"],
  ["success without a message", refusal("0", {}), "payload-corrupt"],
  [
    "another content type",
    (stream) =>
      stream.respond({ ":status": 200, "content-type": "application/json", "grpc-status": "5" }, { endStream: true }),
    "not-found",
  ],
])("over HTTP/2, %s is a failure that says nothing of it", async (_what, answer, failure) => {
  const source = await inFrontOf(answer);
  const said = await assertLeaksNothing([canary], () => ask(source, "db"));
  expect(said.failure).toBe(failure);
  expect(said).not.toHaveProperty("retryAfterMs");
});

test.each<[object, string]>([
  [{}, "version-not-found"],
  [{ versions: [] }, "version-not-found"],
  [{ versions: [null, { name: 7 }, {}, { name: canary, state: canary }] }, "payload-corrupt"],
  [{ versions: canary }, "payload-corrupt"],
  [{ versions: [{ name: `projects/${fakeProject}/secrets/db/versions/9`, state: 9 }] }, "version-not-found"],
  [{ nextPageToken: "again" }, "unsupported"],
])("over REST, a list that is %j is no previous version", async (list, failure) => {
  const { server, source } = await withRest();
  await server.inject({ status: 200, headers: { "content-type": "application/json" }, body: JSON.stringify(list) });
  const said = await assertLeaksNothing([canary], () => ask(source, "db", "previous"));
  expect(said.failure).toBe(failure);
  expect(server.requests.length).toBeLessThanOrEqual(4);
});

test("1,000 reads of 200 secrets at once, straight at the source, are 1,000 calls", async () => {
  const { secrets, server, source } = await withGrpc();
  for (let name = 0; name < 200; name += 1) secrets.put(`db-${name}`, String(name));
  const answers = await Promise.all(Array.from({ length: 1000 }, (_, read) => askText(source, `db-${read % 200}`)));
  expect(answers).toEqual(Array.from({ length: 1000 }, (_, read) => String(read % 200)));
  expect(server.calls).toHaveLength(1000);
});

test("500 reads whose token is refused together ask for one more", async () => {
  let given = 0;
  const authClient = Object.assign(new googleAuthLibrary.OAuth2Client(), {
    refreshHandler: async () => {
      given += 1;
      return { access_token: `token-${given}`, expiry_date: Date.now() + 3_600_000 };
    },
  });
  const accepted = new Set(["Bearer token-1"]);
  const { secrets, server, source } = await withTls({ authClient });
  const refused = new RpcError("UNAUTHENTICATED", canary);
  server.fault = ({ metadata }) => (accepted.has(String(metadata.authorization)) ? undefined : refused);
  secrets.put("db", "one");
  expect(await askText(source, "db")).toBe("one");
  accepted.clear();
  accepted.add("Bearer token-2");
  const answers = await Promise.all(Array.from({ length: 500 }, () => askText(source, "db")));
  expect(new Set(answers)).toEqual(new Set(["one"]));
  expect(given).toBe(2);
  // A token that came in the meantime is taken by those that are refused later.
  expect(server.calls.length).toBeGreaterThan(501);
  expect(server.calls.length).toBeLessThanOrEqual(1001);
});

test.each(["grpc", "rest"] as const)(
  "over %s, a token service that trickles is one that is too slow",
  async (transport) => {
    const tokens = createHttpServer((_request, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      const trickle = setInterval(() => response.write(" "), 50);
      response.on("close", () => clearInterval(trickle));
    });
    await new Promise<void>((resolve) => tokens.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => {
      tokens.closeAllConnections();
      tokens.close();
    });
    const authClient = new googleAuthLibrary.UserRefreshClient({
      clientId: "id",
      clientSecret: canary,
      refreshToken: canary,
      endpoints: { oauth2TokenUrl: `http://127.0.0.1:${(tokens.address() as AddressInfo).port}/token` },
    });
    const { source } = transport === "grpc" ? await withTls({ authClient }) : await withRest({ authClient });
    const from = performance.now();
    const said = await assertLeaksNothing([canary], () => ask(source, "db"));
    expect(said).toMatchObject({ failure: "unavailable", advice: expect.stringContaining("did not answer in time") });
    expect(performance.now() - from).toBeLessThan(2900);
  },
);
