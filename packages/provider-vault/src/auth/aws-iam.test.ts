import { inspect } from "node:util";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { connect } from "../../test/connect.ts";
import { FakeLogin } from "../../test/fake/fake-logins.ts";
import { signedBy } from "../../test/fake/fake-sts.ts";
import { type AwsIamOptions, awsIam } from "./index.ts";

const credentials = {
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "canary/secret+key",
  sessionToken: "canary-session",
};
const signer = { ...credentials, region: "us-east-1", host: "sts.amazonaws.com", serverId: "vault.example.com" };

afterEach(() => {
  vi.unstubAllEnvs();
});

type Body = Parameters<FakeLogin["check"]>[0];

async function logInBy(
  options: AwsIamOptions,
  checks: Partial<typeof signer> = {},
  { now = Date.now, change = (body: Body) => body } = {},
) {
  const at = await connect({}, { login: awsIam(options) });
  const check = signedBy({ ...signer, ...checks }, now);
  const method = new FakeLogin(at.vault.tokens, {}, (body) => check(change(body)));
  at.vault.mounts.set("auth/aws/", method);
  const answer = await at.read();
  const bodies = at.server.requests.map(({ text }) => text);
  await at[Symbol.asyncDispose]();
  return { answer, method, bodies };
}

// First of all: the chain is kept once it is there.
test.each([
  ["@smithy/signature-v4", { credentials }],
  ["@aws-sdk/credential-provider-node", {}],
])("without the optional package %s nobody is logged in, and the advice is to install it", async (name, options) => {
  vi.doMock(name, () => ({
    get SignatureV4() {
      throw new Error("canary");
    },
    get defaultProvider() {
      throw new Error("canary");
    },
  }));
  onTestFinished(() => vi.doUnmock(name));
  const { answer, bodies } = await logInBy(options);
  expect(answer).toEqual({ failure: "unauthenticated", advice: expect.stringContaining(`npm install ${name}`) });
  expect(bodies).toEqual([]);
});

describe("a signed GetCallerIdentity", () => {
  test("is what AWS would take, bound to the server's id, and without the key", async () => {
    const { answer, bodies } = await logInBy({ role: "app", serverId: "vault.example.com", credentials });
    expect(answer).toMatchObject({ status: 200 });
    expect(JSON.parse(bodies[0] ?? "")).toMatchObject({ role: "app", iam_http_request_method: "POST" });
    const headers = String(JSON.parse(bodies[0] ?? "").iam_request_headers);
    expect(Buffer.from(headers, "base64").toString()).not.toContain(credentials.secretAccessKey);
  });

  test("by credentials that a function gives, in another region", async () => {
    const region = "eu-west-1";
    const { answer } = await logInBy(
      {
        region,
        stsEndpoint: `https://sts.${region}.amazonaws.com`,
        serverId: "vault.example.com",
        credentials: async () => credentials,
      },
      { region, host: `sts.${region}.amazonaws.com` },
    );
    expect(answer).toMatchObject({ status: 200 });
  });

  test("by the AWS SDK's own chain", async () => {
    vi.stubEnv("AWS_ACCESS_KEY_ID", credentials.accessKeyId);
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey);
    vi.stubEnv("AWS_SESSION_TOKEN", credentials.sessionToken);
    const { answer } = await logInBy({ serverId: "vault.example.com" });
    expect(answer).toMatchObject({ status: 200 });
  });
});

test.each([
  ["another server's id", { serverId: "other", credentials }],
  ["no server id", { credentials }],
  ["another key", { serverId: "vault.example.com", credentials: { ...credentials, secretAccessKey: "canary-2" } }],
])("%s is refused", async (_, options) => {
  const { answer, method } = await logInBy(options);
  expect(answer).toMatchObject({ failure: "unauthenticated" });
  expect(method.count).toBe(0);
  expect(inspect(answer, { depth: 9 })).not.toContain("canary");
});

describe("what the fake of AWS refuses, as AWS does", () => {
  const good = { serverId: "vault.example.com", credentials };
  const headersOf = (body: Body) =>
    JSON.parse(Buffer.from(String(body.iam_request_headers), "base64").toString()) as Record<string, string>;
  const withHeaders = (body: Body, headers: Record<string, string>) => ({
    ...body,
    iam_request_headers: Buffer.from(JSON.stringify(headers)).toString("base64"),
  });
  const changed = (more: (headers: Record<string, string>) => Record<string, string>) => (body: Body) =>
    withHeaders(body, { ...headersOf(body), ...more(headersOf(body)) });

  test.each([
    ["nothing changed: it is taken", good, {}, {}, true],
    ["a signature for another region", { ...good, region: "eu-west-1" }, {}, {}, false],
    ["for another endpoint", { ...good, stsEndpoint: "https://sts.eu-west-1.amazonaws.com" }, {}, {}, false],
    ["one that was made 16 minutes ago", good, {}, { now: () => Date.now() + 960_000 }, false],
    ["one of the future", good, {}, { now: () => Date.now() - 960_000 }, false],
    [
      "a server id that was put in behind the signature",
      { credentials },
      {},
      { change: changed(() => ({ "x-vault-aws-iam-server-id": "vault.example.com" })) },
      false,
    ],
    ["another server's id", good, { serverId: "other.example.com" }, {}, false],
    ["a changed date", good, {}, { change: changed(() => ({ "x-amz-date": "20260101T000000Z" })) }, false],
    ["another action", good, {}, { change: (body: Body) => ({ ...body, iam_request_body: "QWN0aW9uPUE=" }) }, false],
    ["without the session token", good, { sessionToken: "another" }, {}, false],
  ] as const)("%s", async (_, options, checks, means, isTaken) => {
    const { answer, method } = await logInBy(options, checks, means);
    expect(answer).toMatchObject(isTaken ? { status: 200 } : { failure: "unauthenticated" });
    expect(method.count).toBe(isTaken ? 1 : 0);
  });
});

test.each([
  ["that throws", () => Promise.reject(new Error("canary"))],
  ["that gives none", async () => undefined as never],
])("credentials of a function %s: unauthenticated, and nothing is sent", async (_, credentials) => {
  const { answer, bodies } = await logInBy({ credentials });
  expect(answer).toMatchObject({ failure: "unauthenticated", advice: expect.stringContaining("AWS credentials") });
  expect([bodies, inspect(answer, { depth: 9 }).includes("canary")]).toEqual([[], false]);
});

test.each([{ stsEndpoint: "http://sts.amazonaws.com" }, { stsEndpoint: "x" }, { credentials: 7 as never }])(
  "a mistake is told at once (%#)",
  (options) => {
    expect(() => awsIam(options)).toThrow(expect.objectContaining({ code: "invalid-options" }));
  },
);
