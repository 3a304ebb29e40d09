import { generateKeyPairSync } from "node:crypto";
import { jsonAnswer, startWireServer } from "@secretsource/conformance/wire";
import { expect, onTestFinished, test, vi } from "vitest";
import { ask, askText } from "../test/ask.ts";
import { fakeProject } from "../test/fake/fake-secrets.ts";
import { sandboxedEnvironment } from "../test/sandboxed-environment.ts";
import { withTls } from "../test/with-tls.ts";
import type { GcpSecretManagerOptions } from "./index.ts";

// What loads gRPC comes after what says its roots.
const { gcpSecretManager } = await import("./index.ts");
const { withGrpc, withRest } = await import("../test/with-fake.ts");

const canary = "kX7qzpR2V9wT4bN8sHd5Jm";
// A port at which nobody listens: what is asked here is how far a read comes.
const nowhere = "https://127.0.0.1:1";

function open(options: GcpSecretManagerOptions = {}) {
  const source = gcpSecretManager({ projectId: fakeProject, endpoint: nowhere, ...options });
  onTestFinished(() => source.close?.());
  return source;
}

/** A metadata server that counts who asks it, and does not answer. */
async function silentMetadata() {
  const server = await startWireServer(() => new Promise(() => {}));
  onTestFinished(() => server.close());
  vi.stubEnv("GCE_METADATA_HOST", new URL(server.url).host);
  return server;
}

test.each(["grpc", "rest"] as const)(
  "a machine without credentials is told what to do (%s), again and again",
  async (transport) => {
    sandboxedEnvironment();
    vi.stubEnv("METADATA_SERVER_DETECTION", "none");
    const source = open({ transport });
    for (const _ of [1, 2]) {
      expect(await ask(source, "db")).toEqual({
        failure: "unauthenticated",
        advice: expect.stringMatching(
          /^There are no credentials.*gcloud auth application-default login.*workload identity/,
        ),
      });
    }
  },
);

test("a metadata server that does not answer leaves the attempt time to say so, on either transport", async () => {
  sandboxedEnvironment();
  await silentMetadata();
  const from = performance.now();
  const failures = await Promise.all([ask(open(), "db"), ask(open({ transport: "rest" }), "db")]);
  for (const failure of failures) {
    expect(failure).toMatchObject({
      failure: "unauthenticated",
      advice: expect.stringMatching(/metadata server.*did not answer.*gcloud auth application-default login/),
    });
  }
  expect(performance.now() - from).toBeLessThan(2900);
});

test("where nobody listens at the metadata server's address, it is said within the attempt", async () => {
  sandboxedEnvironment();
  vi.stubEnv("GCE_METADATA_HOST", "127.0.0.1:1");
  const from = performance.now();
  const failures = await Promise.all([ask(open(), "db"), ask(open({ transport: "rest" }), "db")]);
  for (const failure of failures) {
    expect(failure).toMatchObject({
      failure: "unauthenticated",
      advice: expect.stringMatching(/gcloud auth application-default login.*workload identity/),
    });
  }
  expect(performance.now() - from).toBeLessThan(2900);
});

test("a credentials file that cannot be read is named by its variable, and is looked at anew", async () => {
  const environment = sandboxedEnvironment();
  const metadata = await silentMetadata();
  vi.stubEnv("GOOGLE_APPLICATION_CREDENTIALS", environment.path(`${canary}.json`));
  const source = open();
  const before = await ask(source, "db");
  expect(before).toMatchObject({
    failure: "unauthenticated",
    advice: expect.stringContaining("GOOGLE_APPLICATION_CREDENTIALS"),
  });
  environment.write(`${canary}.json`, `{"private_key": "${canary}`);
  const broken = await ask(source, "db");
  expect(broken).toMatchObject({ failure: "unauthenticated", advice: expect.stringContaining("JSON") });
  expect(JSON.stringify([before, broken])).not.toContain(canary);
  environment.write(`${canary}.json`, serviceAccount());
  expect(await ask(source, "db")).toMatchObject({ failure: "unavailable" });
  expect(metadata.requests).toEqual([]);
});

test.each(["grpc", "rest"] as const)(
  "a private key that has lost its line breaks is said to be that (%s)",
  async (transport) => {
    const environment = sandboxedEnvironment();
    const key = `-----BEGIN PRIVATE KEY-----\\n${canary}\\n-----END PRIVATE KEY-----`;
    const file = environment.write("key.json", { ...serviceAccount(), private_key: key });
    vi.stubEnv("GOOGLE_APPLICATION_CREDENTIALS", file);
    const failure = await ask(transport === "rest" ? open({ transport }) : (await withTls()).source, "db");
    expect(failure).toMatchObject({
      failure: "unauthenticated",
      advice: expect.stringMatching(/private key.*line breaks/),
    });
    expect(JSON.stringify(failure)).not.toContain(canary);
  },
);

test("with a service account's key nobody is asked for a token, a project or a universe", async () => {
  const environment = sandboxedEnvironment();
  const metadata = await silentMetadata();
  vi.stubEnv("GOOGLE_APPLICATION_CREDENTIALS", environment.write("key.json", serviceAccount()));
  for (const transport of ["grpc", "rest"] as const) {
    expect(await ask(open({ transport }), "db")).toMatchObject({ failure: "unavailable" });
  }
  expect(metadata.requests).toEqual([]);
});

test("with workload identity federation the token service is asked, and the metadata server is not", async () => {
  const environment = sandboxedEnvironment();
  const metadata = await silentMetadata();
  const tokens = await startWireServer(() =>
    jsonAnswer({ error: "invalid_grant", error_description: canary }, { status: 400 }),
  );
  onTestFinished(() => tokens.close());
  const federation = {
    type: "external_account",
    audience: "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/q",
    subject_token_type: "urn:ietf:params:oauth:token-type:jwt",
    token_url: `${tokens.url}/token`,
    credential_source: { file: environment.write("token", canary) },
  };
  vi.stubEnv("GOOGLE_APPLICATION_CREDENTIALS", environment.write("federation.json", federation));
  const failure = await ask(open({ transport: "rest" }), "db");
  expect(failure).toEqual({
    failure: "unauthenticated",
    advice: expect.stringContaining("expired or were revoked"),
  });
  expect(tokens.requests).toHaveLength(1);
  expect(metadata.requests).toEqual([]);
});

test("over plain HTTP no credentials are looked for", async () => {
  sandboxedEnvironment();
  const metadata = await silentMetadata();
  for (const { secrets, source } of [await withGrpc(), await withRest()]) {
    secrets.put("db", "one");
    expect(await askText(source, "db")).toBe("one");
  }
  expect(metadata.requests).toEqual([]);
});

test.each([
  ["projectId", { projectId: "p1" }, { GOOGLE_CLOUD_PROJECT: "p2" }],
  ["GOOGLE_CLOUD_PROJECT", {}, { GOOGLE_CLOUD_PROJECT: "p1", GCLOUD_PROJECT: "p2" }],
  ["GCLOUD_PROJECT", {}, { GOOGLE_CLOUD_PROJECT: "", GCLOUD_PROJECT: "p1" }],
  ["the credentials", { authClient: { getRequestHeaders: async () => new Headers(), projectId: "p1" } }, {}],
])("the project is found in %s", async (_where, options, environment) => {
  sandboxedEnvironment();
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const { secrets, endpoint } = await withGrpc();
  secrets.put("projects/p1/secrets/db", "one");
  const source = open({ projectId: undefined, endpoint, ...options });
  expect(await askText(source, "db")).toBe("one");
});

test("where no project is known, the failure says how to give one; a full name needs none", async () => {
  sandboxedEnvironment();
  const { secrets, endpoint } = await withGrpc();
  secrets.put("projects/p1/secrets/db", "one");
  const source = open({ projectId: undefined, endpoint });
  expect(await ask(source, "db")).toMatchObject({
    failure: "invalid-request",
    advice: expect.stringContaining("GOOGLE_CLOUD_PROJECT"),
  });
  expect(await askText(source, "projects/p1/secrets/db")).toBe("one");
});

test.each(["my project", "a/b", "p/secrets/other", "P", "p\n"])("a project that is called %j is none", async (name) => {
  sandboxedEnvironment();
  vi.stubEnv("GOOGLE_CLOUD_PROJECT", name);
  const { server, endpoint } = await withGrpc();
  expect(await ask(open({ projectId: undefined, endpoint }), "db")).toMatchObject({
    failure: "invalid-request",
    advice: expect.stringMatching(/GOOGLE_CLOUD_PROJECT.*set `projectId`/),
  });
  expect(server.calls).toEqual([]);
});

test("the project of a credentials file is found without the metadata server", async () => {
  const environment = sandboxedEnvironment();
  const metadata = await silentMetadata();
  vi.stubEnv("GOOGLE_APPLICATION_CREDENTIALS", environment.write("key.json", serviceAccount()));
  expect(await ask(open({ projectId: undefined }), "db")).toMatchObject({ failure: "unavailable" });
  expect(metadata.requests).toEqual([]);
});

function serviceAccount(): object {
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  return {
    type: "service_account",
    project_id: fakeProject,
    private_key_id: "k",
    private_key: privateKey,
    client_email: `app@${fakeProject}.iam.gserviceaccount.com`,
    token_uri: "http://127.0.0.1:1/token",
  };
}
