import { jsonAnswer, startWireServer } from "@secretsource/conformance/wire";
import { expect, onTestFinished, test, vi } from "vitest";
import { ask, askText } from "./ask.ts";
import { RpcError } from "./fake/rpc-error.ts";
import { sandboxedEnvironment } from "./sandboxed-environment.ts";
import { withTls } from "./with-tls.ts";

/** A metadata server that may fall silent, with the requests that it had. */
async function metadataServer() {
  const state = { isSilent: false };
  const server = await startWireServer(({ path }) => {
    if (state.isSilent) return new Promise<never>(() => {});
    const headers = { "metadata-flavor": "Google", "content-type": "application/json" };
    if (path.endsWith("project-id"))
      return { status: 200, headers: { "metadata-flavor": "Google" }, body: "test-project" };
    const token = { access_token: "token", expires_in: 3600, token_type: "Bearer" };
    return { status: 200, headers, body: JSON.stringify(path.endsWith("/token") ? token : {}) };
  });
  onTestFinished(() => server.close());
  vi.stubEnv("GCE_METADATA_HOST", new URL(server.url).host);
  return { state, askedFor: (what: string) => server.requests.filter(({ path }) => path.endsWith(what)).length };
}

test("the project and a token are asked of the metadata server once, whoever reads", async () => {
  sandboxedEnvironment();
  // Without its `gcloud`.
  vi.stubEnv("PATH", "/nowhere");
  const { askedFor } = await metadataServer();
  const { secrets, server, source } = await withTls({ projectId: undefined });
  secrets.put("db", "one");
  const answers = await Promise.all(Array.from({ length: 200 }, () => askText(source, "db")));
  for (let reads = 0; reads < 3; reads += 1) answers.push(await askText(source, "db"));
  expect(new Set(answers)).toEqual(new Set(["one"]));
  expect([askedFor("project-id"), askedFor("/token"), server.calls.length]).toEqual([1, 1, 203]);
});

test("a metadata server that was not there at first is asked anew by the next read", async () => {
  sandboxedEnvironment();
  vi.stubEnv("GCE_METADATA_HOST", "127.0.0.1:1");
  const { secrets, source } = await withTls();
  secrets.put("db", "one");
  expect(await askText(source, "db")).toBe("unauthenticated");
  await metadataServer();
  expect(await askText(source, "db")).toBe("one");
});

test("a metadata server that was silent at first is asked anew soon", async () => {
  sandboxedEnvironment();
  const { state } = await metadataServer();
  state.isSilent = true;
  const { secrets, source } = await withTls();
  secrets.put("db", "one");
  expect(await askText(source, "db")).toBe("unauthenticated");
  state.isSilent = false;
  // The second read may still wait for what the first one began.
  const second = await askText(source, "db");
  expect(["unauthenticated", "one"]).toContain(second);
  if (second !== "one") expect(await askText(source, "db")).toBe("one");
}, 10_000);

test("a credentials file that is replaced, because its key is no longer accepted, is read anew", async () => {
  const environment = sandboxedEnvironment();
  const tokens = await startWireServer(({ path }) =>
    jsonAnswer({ access_token: path.slice(1), expires_in: 3600, token_type: "Bearer" }),
  );
  onTestFinished(() => tokens.close());
  const federation = (token: string) => ({
    type: "external_account",
    audience: "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/q",
    subject_token_type: "urn:ietf:params:oauth:token-type:jwt",
    token_url: `${tokens.url}/${token}`,
    credential_source: { file: environment.write("subject", "subject") },
  });
  vi.stubEnv("GOOGLE_APPLICATION_CREDENTIALS", environment.write("key.json", federation("old")));
  const { secrets, server, source } = await withTls();
  secrets.put("db", "one");
  const accepted = new Set(["Bearer old"]);
  server.fault = ({ metadata }) =>
    accepted.has(String(metadata.authorization)) ? undefined : new RpcError("UNAUTHENTICATED", "no");
  expect(await askText(source, "db")).toBe("one");
  accepted.clear();
  expect(await askText(source, "db")).toBe("unauthenticated");
  accepted.add("Bearer new");
  environment.write("key.json", federation("new"));
  expect(await askText(source, "db")).toBe("one");
  // Refused for good: far fewer searches than reads.
  accepted.clear();
  const before = tokens.requests.length;
  for (let reads = 0; reads < 10; reads += 1) expect(await askText(source, "db")).toBe("unauthenticated");
  expect(tokens.requests.length - before).toBeLessThanOrEqual(2);
});

const canary = "kX7qzpR2V9wT4bN8sHd5Jm";

test.each([
  ["no header's characters", async () => new Headers({ authorization: `Bearer ${canary}\u00e9` })],
  ["two lines", async () => ({ authorization: `Bearer ${canary}\n${canary}` }) as never],
  ["nothing as its failure", () => Promise.reject(undefined)],
  [
    "an error that is thrown at once",
    () => {
      throw new Error(canary);
    },
  ],
])(
  "an auth client that gives %s is a failure at once, and not the end of the process",
  async (_what, getRequestHeaders) => {
    const { secrets, server, source } = await withTls({ authClient: { getRequestHeaders } });
    secrets.put("db", "one");
    const failure = await ask(source, "db");
    expect(failure).toMatchObject({ failure: "unauthenticated", advice: expect.stringContaining("gave no token") });
    expect(JSON.stringify(failure)).not.toContain(canary);
    expect(server.calls).toEqual([]);
  },
);

test("an auth client of an older library, which gives a plain object, is as good", async () => {
  const getRequestHeaders = async () => ({ Authorization: "Bearer token" }) as unknown as Headers;
  const { secrets, server, source } = await withTls({ authClient: { getRequestHeaders } });
  secrets.put("db", "one");
  expect(await askText(source, "db")).toBe("one");
  expect(server.calls[0]?.metadata.authorization).toBe("Bearer token");
});

test("an abort while a refused token is replaced ends the read at once, and makes no second call", async () => {
  sandboxedEnvironment();
  const { state, askedFor } = await metadataServer();
  const { secrets, server, source } = await withTls();
  secrets.put("db", "one");
  expect(await askText(source, "db")).toBe("one");
  server.fault = new RpcError("UNAUTHENTICATED", "no");
  state.isSilent = true;
  const controller = new AbortController();
  const reading = source.read({ name: "db", version: "current" }, { signal: controller.signal, bypassCaches: false });
  reading.catch(() => {});
  await vi.waitFor(() => expect(askedFor("/token")).toBe(2));
  const from = performance.now();
  controller.abort();
  await expect(reading).rejects.toThrow();
  expect(performance.now() - from).toBeLessThan(500);
  expect(server.calls).toHaveLength(2);
});
