import { jsonAnswer, startWireServer } from "@secretsource/conformance/wire";
import { expect, onTestFinished, test, vi } from "vitest";
import type { GcpSecretManagerOptions } from "../src/index.ts";
import { withRequestLimit } from "../src/with-request-limit.ts";
import { ask, askText } from "./ask.ts";
import { RpcError } from "./fake/rpc-error.ts";
import { sandboxedEnvironment } from "./sandboxed-environment.ts";
import { withTls } from "./with-tls.ts";

// What loads gRPC comes after what says its roots.
const { withRest } = await import("./with-fake.ts");
const { googleAuthLibrary } = await import("google-gax");
const canary = "kX7qzpR2V9wT4bN8sHd5Jm";
const tokenRequestMs = 3000;
const transports = ["grpc", "rest"] as const;
type Transport = (typeof transports)[number];

/** Where tokens are given out: `token-1`, `token-2`, and so on. */
async function tokenService(answer?: () => ReturnType<typeof jsonAnswer> | Promise<never> | undefined) {
  let given = 0;
  const server = await startWireServer(({ path }) => {
    const other = answer?.();
    if (other !== undefined) return other;
    given += 1;
    const token = `token-${given}`;
    if (path.endsWith(":generateAccessToken"))
      return jsonAnswer({ accessToken: token, expireTime: "2100-01-01T00:00:00Z" });
    return jsonAnswer({ access_token: token, expires_in: 3600, token_type: "Bearer" });
  });
  onTestFinished(() => server.close());
  return server;
}

function userOf(url: string) {
  return new googleAuthLibrary.UserRefreshClient({
    clientId: "id",
    clientSecret: "secret",
    refreshToken: "refresh",
    endpoints: { oauth2TokenUrl: `${url}/token` },
  });
}

const federationAt = (url: string) => ({
  type: "external_account",
  audience: "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/q",
  subject_token_type: "urn:ietf:params:oauth:token-type:jwt",
  token_url: `${url}/token`,
});

function federationOf(url: string) {
  const client = googleAuthLibrary.ExternalAccountClient.fromJSON({
    ...federationAt(url),
    subject_token_supplier: { getSubjectToken: async () => "subject" },
  } as never);
  if (client === null) throw new Error("No client");
  return client;
}

const refused = new RpcError("UNAUTHENTICATED", `Request had invalid authentication credentials. ${canary}`);

/** A service that knows the tokens it accepts, and how many calls it had. */
async function serviceOf(transport: Transport, options: GcpSecretManagerOptions) {
  const accepted = new Set<string>();
  if (transport === "grpc") {
    const { secrets, server, source } = await withTls(options);
    secrets.put("db", "one");
    server.fault = ({ metadata }) => (accepted.has(String(metadata.authorization)) ? undefined : refused);
    return { source, accepted, calls: () => server.calls.length };
  }
  const { secrets, server, source } = await withRest(options, ({ headers }) =>
    accepted.has(String(headers.authorization)) ? undefined : refused,
  );
  secrets.put("db", "one");
  return { source, accepted, calls: () => server.requests.length };
}

test.each(
  transports.flatMap((transport) => [
    [transport, "a user", userOf] as const,
    [transport, "a federation", federationOf] as const,
  ]),
)(
  "over %s, a token of %s that is revoked is replaced once, by all that need it together",
  async (transport, _whose, clientOf) => {
    const tokens = await tokenService();
    const { source, accepted, calls } = await serviceOf(transport, { authClient: clientOf(tokens.url) });
    accepted.add("Bearer token-1");
    expect(await askText(source, "db")).toBe("one");
    expect([tokens.requests.length, calls()]).toEqual([1, 1]);
    accepted.clear();
    accepted.add("Bearer token-2");
    const answers = await Promise.all(Array.from({ length: 8 }, () => askText(source, "db")));
    expect(new Set(answers)).toEqual(new Set(["one"]));
    expect([tokens.requests.length, calls()]).toEqual([2, 17]);
    expect(await askText(source, "db")).toBe("one");
    expect([tokens.requests.length, calls()]).toEqual([2, 18]);
  },
);

test.each(transports)("over %s, where a new token is refused too, no more are asked for", async (transport) => {
  const tokens = await tokenService();
  const { source, calls } = await serviceOf(transport, { authClient: userOf(tokens.url) });
  const failure = await ask(source, "db");
  expect(failure).toMatchObject({
    failure: "unauthenticated",
    native: { name: "UNAUTHENTICATED" },
    advice: expect.stringMatching(/neither a new one.*gcloud auth application-default login/),
  });
  expect(JSON.stringify(failure)).not.toContain(canary);
  expect([tokens.requests.length, calls()]).toEqual([2, 2]);
  for (let reads = 0; reads < 3; reads += 1) expect(await askText(source, "db")).toBe("unauthenticated");
  expect([tokens.requests.length, calls()]).toEqual([2, 5]);
});

test.each(transports)("over %s, credentials that were revoked with the token say so", async (transport) => {
  let isRevoked = false;
  const tokens = await tokenService(() =>
    isRevoked ? jsonAnswer({ error: "invalid_grant", error_description: canary }, { status: 400 }) : undefined,
  );
  const { source, accepted, calls } = await serviceOf(transport, { authClient: userOf(tokens.url) });
  accepted.add("Bearer token-1");
  expect(await askText(source, "db")).toBe("one");
  accepted.clear();
  isRevoked = true;
  const failure = await ask(source, "db");
  expect(failure).toEqual({
    failure: "unauthenticated",
    advice: expect.stringContaining("have expired or were revoked"),
  });
  expect([tokens.requests.length, calls()]).toEqual([2, 2]);
});

test.each(transports)("over %s, a client that was given a token alone keeps it", async (transport) => {
  const authClient = new googleAuthLibrary.OAuth2Client();
  authClient.setCredentials({ access_token: "token-1" });
  const { source, accepted, calls } = await serviceOf(transport, { authClient });
  expect(await askText(source, "db")).toBe("unauthenticated");
  expect(calls()).toBe(1);
  accepted.add("Bearer token-1");
  expect(await askText(source, "db")).toBe("one");
});

test("a metadata server that is there and hangs while it gives a token leaves the attempt time to say so", async () => {
  sandboxedEnvironment();
  const metadata = await startWireServer(({ path }) => {
    if (path.endsWith("/token")) return new Promise<never>(() => {});
    const body = path.endsWith("universe-domain") ? "googleapis.com" : "{}";
    return { status: 200, headers: { "metadata-flavor": "Google", "content-type": "application/json" }, body };
  });
  onTestFinished(() => metadata.close());
  vi.stubEnv("GCE_METADATA_HOST", new URL(metadata.url).host);
  await Promise.all(
    transports.map(async (transport) => {
      // Over plain HTTP no token is looked for, and so gRPC has TLS, and REST is told of a client that asks.
      const { source, calls } = await serviceOf(
        transport,
        transport === "rest" ? { authClient: new googleAuthLibrary.Compute() } : {},
      );
      const from = performance.now();
      expect(await ask(source, "db"), transport).toMatchObject({
        failure: "unavailable",
        advice: expect.stringMatching(/did not answer in time.*metadata server/),
      });
      expect(performance.now() - from).toBeLessThan(2900);
      expect(calls()).toBe(0);
    }),
  );
  expect(metadata.requests.some(({ path }) => path.endsWith("/token"))).toBe(true);
});

test.each(["/token", ":generateAccessToken"])(
  "a request for a token (%s) that gets no answer is sent again, and keeps nobody waiting",
  async (lost) => {
    const { write } = sandboxedEnvironment();
    const tokens = await tokenService();
    const credentials = {
      ...federationAt(tokens.url),
      credential_source: { file: write("subject", "subject") },
      service_account_impersonation_url: `${tokens.url}/serviceAccounts/app@p.iam.gserviceaccount.com:generateAccessToken`,
    };
    vi.stubEnv("GOOGLE_APPLICATION_CREDENTIALS", write("credentials.json", credentials));
    const { timeout } = AbortSignal;
    const limits = vi.spyOn(AbortSignal, "timeout");
    limits.mockImplementation((ms) => timeout.call(AbortSignal, ms === tokenRequestMs ? 100 : ms));
    onTestFinished(() => limits.mockRestore());
    const { source, accepted } = await serviceOf("grpc", {});
    accepted.add("Bearer token-2");
    await tokens.inject("hang", { times: 1, where: ({ path }) => path.endsWith(lost) });
    expect(await askText(source, "db")).toBe("one");
    const [first, second, ...others] = tokens.requests.filter(({ path }) => path.endsWith(lost));
    expect([await first?.end, second === undefined, others]).toEqual(["cut", false, []]);
  },
);

test("the close ends a request for a token, and it is not sent again", async () => {
  const { write } = sandboxedEnvironment();
  const tokens = await tokenService(() => new Promise<never>(() => {}));
  const credentials = { ...federationAt(tokens.url), credential_source: { file: write("subject", "subject") } };
  vi.stubEnv("GOOGLE_APPLICATION_CREDENTIALS", write("credentials.json", credentials));
  const { source } = await serviceOf("grpc", {});
  const reading = ask(source, "db");
  const { end } = await tokens.request(1);
  const from = performance.now();
  await source.close?.();
  expect(await end).toBe("cut");
  expect(performance.now() - from).toBeLessThan(1000);
  expect(await reading).toHaveProperty("failure");
  expect(tokens.requests).toHaveLength(1);
});

test("the limit reaches what a client has inside, and leaves one that is there", () => {
  const sourceClient = federationOf("https://sts.googleapis.com");
  const client = new googleAuthLibrary.Impersonated({ sourceClient, transporterOptions: { timeout: 1 } });
  expect(withRequestLimit(client, AbortSignal.abort())).toBe(client);
  const limited = (timeout: number) => ({ transporter: { defaults: { timeout } } });
  const stsCredential: unknown = Reflect.get(sourceClient, "stsCredential");
  expect([client, sourceClient, stsCredential]).toMatchObject([1, tokenRequestMs, tokenRequestMs].map(limited));
});

test.each(transports)("over %s, an abort does not wait for a token", async (transport) => {
  const tokens = await tokenService(() => new Promise<never>(() => {}));
  const { source, calls } = await serviceOf(transport, { authClient: userOf(tokens.url) });
  const controller = new AbortController();
  const reading = source.read({ name: "db", version: "current" }, { signal: controller.signal, bypassCaches: false });
  const settled = vi.fn();
  reading.then(settled, settled);
  await vi.waitFor(() => expect(tokens.requests).toHaveLength(1));
  const from = performance.now();
  controller.abort();
  await expect(reading).rejects.toThrow();
  expect(performance.now() - from).toBeLessThan(500);
  expect(calls()).toBe(0);
});
