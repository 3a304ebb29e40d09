import { format, inspect } from "node:util";
import { AzureLogger, setLogLevel } from "@azure/logger";
import { jsonAnswer, type WireRequest } from "@secretsource/conformance/wire";
import { createSecrets, type Secrets } from "@secretsource/core";
import { assertLeaksNothing } from "@secretsource/core/testing";
import { expect, onTestFinished, test } from "vitest";
import { azureKeyVault } from "../src/index.ts";
import { ask } from "./ask.ts";
import { clientSecret, type FakeEntra } from "./fake-entra.ts";
import { failed } from "./fake-key-vault.ts";
import { clientCertificateCredential, hasToken, newCertificate, withFake } from "./with-fake.ts";

const value = "kX7qzpR2V9wT4bN8sHd5Jm";
const token = "eyJ0eXAiOiJKV1QiLCJh.c0ASRK0GZb8Qw3Lr6Ty1Nv.bGciOiJSUzI1NiIsI";

/** All that the vendor's packages log, at their most talkative. */
function azureLog(): string[] {
  const lines: string[] = [];
  const before = AzureLogger.log;
  AzureLogger.log = (...args: unknown[]) => void lines.push(format(...args));
  setLogLevel("verbose");
  onTestFinished(() => {
    AzureLogger.log = before;
    setLogLevel();
  });
  return lines;
}

async function errorOf(secrets: Secrets): Promise<Error> {
  const error: unknown = await secrets.getSecret("db").catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Error);
  return error as Error;
}

/** In whatever way it is looked at, it gives nothing away. */
function searched(error: Error, canaries: readonly string[]): void {
  const text = [inspect(error, { depth: 20, showHidden: true }), error.stack, JSON.stringify(error)].join("\n");
  expect(canaries.flatMap(forms).filter((form) => text.includes(form))).toEqual([]);
}

const forms = (text: string) => [
  text,
  Buffer.from(text).toString("base64"),
  Buffer.from(text).toString("hex"),
  encodeURIComponent(text),
];

test("with the SDK's logging at verbose, neither a value, a client secret nor a token is printed", async () => {
  const lines = azureLog();
  const { entra, vault, source } = await withFake({ tellDeleted: true });
  for (let n = 0; n < 2; n += 1) vault.set("db", value);
  vault.set("off", value);
  vault.disable("off");
  vault.set("key", Buffer.from(value).toString("base64"), { contentType: "application/octet-stream;base64" });
  for (const version of ["current", "previous"] as const) {
    for (const name of ["db", "off", "key", "none"]) await ask(source, name, version);
  }
  vault.clockAheadMs = 7_200_000;
  expect(await ask(source, "db")).toMatchObject({ failure: "unauthenticated" });
  // It did log, and of these requests.
  expect(lines.join("\n")).toContain("/secrets/db/");
  expect(entra.issued.length).toBeGreaterThan(0);
  for (const canary of [value, clientSecret, ...entra.issued]) {
    for (const form of forms(canary)) expect(lines.join("\n").includes(form), form).toBe(false);
  }
});

/** What of a certificate is nobody's business: its key, line by line. */
function linesOf(key: string): string[] {
  return key.split("\n").filter((line) => line.length > 40 && !line.startsWith("-----"));
}

/** What logins have shown, as they were sent. */
function assertionsOf({ server }: FakeEntra): string[] {
  return server.requests.map(({ text }) => new URLSearchParams(text).get("client_assertion") ?? "").filter(Boolean);
}

test("with the logging of @azure/identity at verbose, neither a certificate's key nor an assertion is printed", async () => {
  const lines = azureLog();
  const { entra, vault, server, agent } = await withFake();
  vault.set("db", value);
  const { key, cert } = await newCertificate();
  const read = async () => {
    const credential = clientCertificateCredential(entra, agent, `${key}${cert}`);
    const source = azureKeyVault({ vault: server.url, credential, agent });
    const answer = await ask(source, "db");
    await source.close?.();
    return answer;
  };
  expect(await read()).toMatchObject({ native: { code: "AADSTS700027" } });
  entra.certificates.push(cert);
  expect(await read()).toMatchObject({ payload: value });
  const assertions = assertionsOf(entra);
  expect(assertions).toHaveLength(2);
  expect(lines.join("\n")).toContain("certificate");
  for (const canary of [value, ...linesOf(key), ...assertions, ...entra.issued]) {
    expect(lines.join("\n").includes(canary), canary).toBe(false);
  }
});

test.each([
  ["a certificate that is not registered", undefined],
  ["an outage", { status: 503, body: "No" }],
  ["an answer that quotes what was sent", "echo"],
] as const)("an error of a login by certificate after %s gives nothing away", async (_, answer) => {
  const { entra, server, agent } = await withFake();
  const { key, cert } = await newCertificate();
  const echo = ({ text }: WireRequest) =>
    jsonAnswer({ error: "invalid_client", error_description: `AADSTS700027: ${text}` }, { status: 401 });
  const isLogin = ({ method }: WireRequest) => method === "POST";
  if (answer !== undefined) await entra.server.inject(answer === "echo" ? echo : answer, { where: isLogin });
  const credential = clientCertificateCredential(entra, agent, `${key}${cert}`);
  const secrets = createSecrets({ source: azureKeyVault({ vault: server.url, credential, agent }) });
  const error = await errorOf(secrets);
  const assertions = assertionsOf(entra);
  expect(assertions.length).toBeGreaterThan(0);
  searched(error, [...linesOf(key), ...assertions, ...assertions.flatMap((one) => one.split("."))]);
  await secrets.close();
});

test("an error of a token that was refused, and replaced in vain, gives neither token away", async () => {
  const { entra, vault, source } = await withFake();
  vault.set("db", value);
  await ask(source, "db");
  vault.refusesAll = true;
  const secrets = createSecrets({ source });
  const error = await errorOf(secrets);
  expect(entra.issued).toHaveLength(2);
  searched(error, [value, ...entra.issued]);
  await secrets.close();
});

const said = `No, ${value}`;

test.each([
  ["a denial", failed(403, "Forbidden", said, { inner: "ForbiddenByRbac", headers: { "x-ms-request-id": said } })],
  ["a disabled version", failed(403, value, said, { inner: "SecretDisabled" })],
  ["a refusal of the token", failed(401, value, said)],
  ["codes that nobody documents", failed(400, value, said, { inner: value })],
  ["a page of somebody else", { status: 404, headers: { "content-type": "text/html" }, body: `<html>${said}</html>` }],
  ["a broken answer", { headers: { "content-type": "application/json" }, body: `{"value":"${value}", "id` }],
  ["an answer about another secret", jsonAnswer({ id: `https://v.vault.azure.net/secrets/${value}/1`, value })],
  ["an answer whose identifier is none", jsonAnswer({ id: value, value })],
  ["a redirect", { status: 307, headers: { location: `https://localhost:1/${value}` } }],
  [
    "a challenge",
    { status: 401, headers: { "www-authenticate": `Bearer authorization="${value}", resource="${value}"` } },
  ],
])("an error after %s gives nothing away, in whatever way it is looked at", async (_, answer) => {
  const credential = { getToken: async () => ({ token, expiresOnTimestamp: Date.now() + 3_600_000 }) };
  const { server, source } = await withFake({ credential });
  const challenge = failed(401, "Unauthorized", "AKV10000", {
    headers: { "www-authenticate": 'Bearer authorization="https://localhost/x", resource="https://vault.azure.net"' },
  });
  await server.inject(challenge, { where: (request) => !hasToken(request) });
  await server.inject(answer, { where: hasToken });
  const secrets = createSecrets({ source });
  await assertLeaksNothing([value, token], async () => searched(await errorOf(secrets), [value, token]));
  expect(server.requests.some(hasToken)).toBe(true);
  await secrets.close();
});

test.each([
  ["a refusal", jsonAnswer({ error: value, error_description: `AADSTS7000222: ${said}` }, { status: 401 })],
  ["a refusal that nobody documents", jsonAnswer({ error: value, error_description: said }, { status: 400 })],
  ["an outage", { status: 503, body: said }],
  ["a page of somebody else", { status: 404, headers: { "content-type": "text/html" }, body: said }],
])("an error after %s of Entra gives nothing away", async (_, answer) => {
  const { entra, source } = await withFake();
  await entra.server.inject(answer, { where: ({ method }) => method === "POST" });
  const secrets = createSecrets({ source });
  const canaries = [value, clientSecret];
  await assertLeaksNothing(canaries, async () => searched(await errorOf(secrets), canaries));
  expect(entra.logins).toBeGreaterThan(0);
  await secrets.close();
});
