import { expect, test } from "vitest";
import { ask } from "../test/ask.ts";
import { failed } from "../test/fake-key-vault.ts";
import { hasToken, withFake } from "../test/with-fake.ts";
import { azureFailure } from "./azure-failures.ts";
import { entraAdvice } from "./entra-advice.ts";
import { identityNames } from "./identity-names.ts";

const canary = "kX7qzpR2V9wT4bN8sHd5Jm";

/** What a read says when the service answers this to a request with a token. */
async function answered(answer: { status: number; body?: string; headers?: Record<string, string> }) {
  const { server, source } = await withFake();
  await server.inject(answer, { where: hasToken });
  const failure = await ask(source, "db");
  expect(JSON.stringify(failure)).not.toContain(canary);
  expect(server.requests.filter(hasToken)).toHaveLength(1);
  return failure;
}

const coded = (status: number, code: string, inner?: string) =>
  failed(status, code, `No. ${canary}`, inner === undefined ? {} : { inner }) as { status: number; body: string };

test.each([
  [403, "ForbiddenByRbac", "access-denied", "Key Vault Secrets User"],
  [403, "ForbiddenByPolicy", "access-denied", "az keyvault set-policy --secret-permissions get"],
  [403, "AccessDenied", "access-denied", "access policies"],
  [403, "ForbiddenByFirewall", "access-denied", "firewall"],
  [403, "ForbiddenByConnection", "access-denied", "private endpoint"],
  [403, "SecretDisabled", "disabled", "enable it"],
  [403, canary, "access-denied", "Key Vault Secrets User"],
])("%i with the inner code %s is %s, with an advice of its own", async (status, inner, failure, words) => {
  expect(await answered(coded(status, "Forbidden", inner))).toMatchObject({
    failure,
    advice: expect.stringContaining(words),
    native: { name: "RestError", code: inner === canary ? "Forbidden" : inner, status },
  });
});

test.each([
  [404, "SecretNotFound", "not-found"],
  [404, canary, "unavailable"],
  [429, "Throttled", "throttled"],
  [400, "BadParameter", "invalid-request"],
  [400, canary, "unavailable"],
  [409, "Conflict", "unavailable"],
  [408, canary, "unavailable"],
  [500, "InternalServerError", "unavailable"],
  [503, "ServiceUnavailable", "unavailable"],
])("%i with the code %s is %s", async (status, code, failure) => {
  expect(await answered(coded(status, code))).toMatchObject({ failure, native: { status } });
});

const json = { "content-type": "application/json" };
const html = { "content-type": "text/html" };

test.each([
  [{ status: 429, body: "" }, "throttled"],
  [{ status: 503, body: "" }, "unavailable"],
  [{ status: 403, body: "" }, "access-denied"],
  [{ status: 404, body: "" }, "unavailable"],
  [{ status: 404, body: `<html>${canary}</html>`, headers: html }, "unavailable"],
  [{ status: 403, body: `<html>${canary}</html>`, headers: html }, "access-denied"],
  [{ status: 302, body: "", headers: { location: "https://127.0.0.1:1/" } }, "unavailable"],
  [{ status: 200, body: `<html>${canary}</html>`, headers: html }, "payload-corrupt"],
  [{ status: 200, body: "{}", headers: json }, "payload-corrupt"],
  [{ status: 200, body: "null", headers: json }, "payload-corrupt"],
  [{ status: 200, body: "" }, "payload-corrupt"],
  [{ status: 200, body: `{"id":"${canary}","value":"${canary}"}`, headers: json }, "payload-corrupt"],
  [
    { status: 200, body: `{"id":"https://v.vault.azure.net/secrets/db","value":"${canary}"}`, headers: json },
    "payload-corrupt",
  ],
  [
    { status: 200, body: `{"id":"https://v.vault.azure.net/secrets/x/1","value":"${canary}"}`, headers: json },
    "payload-corrupt",
  ],
  [{ status: 200, body: `{"id":"https://v.vault.azure.net/secrets/db/1"}`, headers: json }, "payload-corrupt"],
  [{ status: 200, body: `{"value":"${canary}`, headers: json }, "payload-corrupt"],
])("where no code says it, %j is %s", async (answer, failure) => {
  expect(await answered(answer)).toMatchObject({ failure });
});

test("how long to wait is handed on in ms, and never made up", async () => {
  const throttled = (headers: Record<string, string>) => answered({ status: 429, body: "", headers });
  expect(await throttled({ "retry-after": "7" })).toMatchObject({ retryAfterMs: 7000 });
  expect(await throttled({ "retry-after-ms": "1500", "retry-after": "2" })).toMatchObject({ retryAfterMs: 1500 });
  expect(await throttled({ "retry-after": canary })).not.toHaveProperty("retryAfterMs");
  expect(await throttled({})).not.toHaveProperty("retryAfterMs");
});

test("a request id is handed on where it is one", async () => {
  const said = async (id: string) => answered({ status: 503, body: "", headers: { "x-ms-request-id": id } });
  const id = "5f642215-959a-11e8-bfd1-81a81941d54a";
  expect(await said(id)).toMatchObject({ native: { requestId: id } });
  expect(await said(`${canary} ${canary}`)).toEqual({
    failure: "unavailable",
    advice: expect.any(String),
    native: { status: 503 },
  });
});

test("a vault that does not exist, is not reached or is not trusted is unavailable, and the advice says which", async () => {
  const thrown = (code: string) => Object.assign(new Error(canary), { name: "RestError", code });
  const said = (code: string) => azureFailure(thrown(code), { permission: "get" });
  expect(said("ENOTFOUND")).toMatchObject({
    failure: "unavailable",
    advice: expect.stringMatching(/no vault of this name: either there is none, or there is no DNS from here/),
  });
  expect(said("ECONNRESET")).toMatchObject({ failure: "unavailable", native: { code: "ECONNRESET" } });
  expect(said("SELF_SIGNED_CERT_IN_CHAIN")).toMatchObject({ advice: expect.stringContaining("certificate") });
  expect(JSON.stringify(["ENOTFOUND", canary, "PARSE_ERROR"].map(said))).not.toContain(canary);
});

test("every refusal of Entra that has an advice is named by its code, and its text stays behind", () => {
  for (const [code, advice] of entraAdvice) {
    for (const name of identityNames) {
      const error = Object.assign(new Error(`invalid_client: ${code}: ${canary}`), { name });
      const said = azureFailure(error, { permission: "get" });
      expect(said).toEqual({ failure: "unauthenticated", advice, native: { name, code } });
    }
  }
});

test("what is no error of the SDK, of a credential or of the service has no failure", () => {
  for (const thrown of [undefined, null, canary, new Error(canary), new TypeError("x is not a function"), {}]) {
    expect(azureFailure(thrown, { permission: "get" })).toBeUndefined();
  }
  const hostile = new Proxy(
    {},
    {
      get: () => {
        throw new Error(canary);
      },
    },
  );
  expect(azureFailure(hostile, { permission: "get" })).toBeUndefined();
});

test("headers of another kind, and an agent that is none for https, are no crash", () => {
  const strange = { name: "RestError", statusCode: 500, response: { headers: {} } };
  expect(azureFailure(strange, { permission: "get" })).toMatchObject({ failure: "unavailable" });
  const agent = Object.assign(new TypeError(canary), { code: "ERR_INVALID_PROTOCOL" });
  expect(azureFailure(agent, { permission: "get" })).toEqual({
    failure: "invalid-request",
    advice: expect.stringContaining("`agent`"),
    native: {},
  });
});
