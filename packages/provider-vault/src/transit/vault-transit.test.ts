import { describe, expect, test } from "vitest";
import { anyone, connect } from "../../test/connect.ts";
import { refuse, reply } from "../../test/fake/reply.ts";
import { vaultTransit } from "./vault-transit.ts";

interface Asked {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

async function open(answer: (asked: Asked) => ReturnType<typeof reply>) {
  const at = await connect({});
  const asked: Asked[] = [];
  at.vault.mounts.set("transit/", {
    handle({ below, body }) {
      asked.push({ path: below, body });
      return answer({ path: below, body });
    },
  });
  const transit = vaultTransit({ address: at.address, env: {}, login: anyone, clock: at.clock });
  return {
    ...at,
    transit,
    sent: asked,
    async [Symbol.asyncDispose]() {
      await transit.close();
      await at[Symbol.asyncDispose]();
    },
  };
}

const results = (...batch_results: object[]) => reply({ data: { batch_results } });

test("a batch is one request, and its results come in its order", async () => {
  await using at = await open(() => results({ ciphertext: "vault:v1:a" }, { ciphertext: "vault:v1:b" }));
  const items = [{ plaintext: "ä" }, { plaintext: Uint8Array.of(0, 255), associatedData: Uint8Array.of(1) }];
  expect(await at.transit.encrypt("orders", items)).toEqual([{ value: "vault:v1:a" }, { value: "vault:v1:b" }]);
  expect(at.sent).toEqual([
    {
      path: "encrypt/orders",
      body: { batch_input: [{ plaintext: "w6Q=" }, { plaintext: "AP8=", associated_data: "AQ==" }] },
    },
  ]);
});

test("one item that fails disturbs no other, though the whole is answered with 400", async () => {
  const answer = results(
    { error: "cipher: message authentication failed canary" },
    { plaintext: "" },
    { plaintext: "AP8=" },
    { error: "ciphertext or signature version is disallowed by policy (too old)" },
    {},
  );
  await using at = await open(() => ({ ...answer, status: 400 }));
  const items = Array.from({ length: 5 }, (_, index) => ({ ciphertext: `vault:v1:${index}` }));
  const [broken, empty, bytes, old, odd] = await at.transit.decrypt("orders", items);
  expect(broken).toMatchObject({ failure: "decryption-failed" });
  expect([empty, bytes]).toEqual([{ value: new Uint8Array() }, { value: Uint8Array.of(0, 255) }]);
  expect(old).toMatchObject({
    failure: "decryption-failed",
    advice: expect.stringContaining("min_decryption_version"),
  });
  expect(odd).toMatchObject({ failure: "payload-corrupt" });
  expect(JSON.stringify([broken, old])).not.toContain("canary");
});

test("sign, verify, HMAC and data keys, by their paths", async () => {
  await using at = await open(({ path }) => {
    if (path.startsWith("sign")) return results({ signature: "vault:v1:s" });
    if (path.startsWith("hmac")) return results({ hmac: "vault:v1:h" });
    if (path.startsWith("verify")) return results({ valid: false });
    return reply({ data: { ciphertext: "vault:v1:d", ...(path.includes("plaintext") && { plaintext: "AP8=" }) } });
  });
  const { transit } = at;
  const [input] = [{ input: "text" }];
  const pkcs = { hashAlgorithm: "sha2-512", signatureAlgorithm: "pkcs1v15" } as const;
  expect(await transit.sign("k", [input], pkcs)).toEqual([{ value: "vault:v1:s" }]);
  expect(await transit.verify("k", [{ ...input, signature: "vault:v1:s" }], pkcs)).toEqual([{ value: false }]);
  expect(await transit.hmac("k", [input])).toEqual([{ value: "vault:v1:h" }]);
  expect(await transit.verifyHmac("k", [{ ...input, hmac: "vault:v1:h" }])).toEqual([{ value: false }]);
  expect(await transit.dataKey("k")).toEqual({ ciphertext: "vault:v1:d", plaintext: Uint8Array.of(0, 255) });
  expect(await transit.dataKey("k", { bits: 128, wrapped: true })).toEqual({ ciphertext: "vault:v1:d" });
  expect(at.sent.map(({ path }) => path)).toEqual([
    "sign/k",
    "verify/k",
    "hmac/k",
    "verify/k",
    "datakey/plaintext/k",
    "datakey/wrapped/k",
  ]);
  expect(at.sent[0]?.body).toMatchObject({ hash_algorithm: "sha2-512", signature_algorithm: "pkcs1v15" });
});

test("an HMAC that is not the right one has no word of it in the answer, and is false", async () => {
  await using at = await open(() => results({ valid: true, reference: "" }, { reference: "" }, { valid: "yes" }));
  const marked = Array.from({ length: 3 }, () => ({ input: "a", hmac: "vault:v1:h" }));
  expect(await at.transit.verifyHmac("k", marked)).toMatchObject([
    { value: true },
    { value: false },
    { failure: "payload-corrupt" },
  ]);
});

test("no items: no request", async () => {
  await using at = await open(() => results());
  expect(await at.transit.encrypt("k", [])).toEqual([]);
  expect(at.asked()).toEqual([]);
});

describe("the request as a whole", () => {
  test.each([
    [refuse(400, "encryption key not found canary"), "not-found"],
    [refuse(400, "canary"), "invalid-request"],
    [refuse(503, "Vault is sealed"), "unavailable"],
    [results({ ciphertext: "a" }, { ciphertext: "b" }), "payload-corrupt"],
    [reply({ data: { ciphertext: "a" } }), "payload-corrupt"],
  ])("%# throws one error, without the engine's text", async (answer, code) => {
    await using at = await open(() => answer);
    const thrown = await at.transit.encrypt("orders", [{ plaintext: "canary-plain" }]).catch((error: unknown) => error);
    expect(thrown).toMatchObject({ code, source: "vault-transit", secretName: "orders" });
    expect(`${(thrown as Error).stack}${JSON.stringify(thrown)}`).not.toContain("canary");
  });

  test("a denial says what to grant", async () => {
    await using at = await open(() => results());
    at.vault.deny("transit/encrypt/orders");
    await expect(at.transit.encrypt("orders", [{ plaintext: "a" }])).rejects.toMatchObject({
      code: "access-denied",
      advice: expect.stringContaining("`update` on `transit/encrypt/orders`"),
    });
  });

  test("has 10 s, and ends when it is aborted", async () => {
    await using at = await open(() => results());
    await at.transit.encrypt("k", [{ plaintext: "a" }]).catch(() => {});
    await at.server.inject("hang");
    const late = at.transit.encrypt("k", [{ plaintext: "a" }]);
    await at.server.request(3);
    await Promise.all([at.clock.advance("10s"), expect(late).rejects.toMatchObject({ code: "timeout" })]);
    const controller = new AbortController();
    const ended = at.transit.encrypt("k", [{ plaintext: "a" }], { signal: controller.signal });
    await at.server.request(4);
    controller.abort();
    await expect(ended).rejects.toMatchObject({ code: "aborted" });
    // The close revokes the token.
    await at.server.heal();
  });

  test.each(["a/b", "", "..", "a\u200bb"])("the key %j stays at home", async (key) => {
    await using at = await open(() => results());
    await expect(at.transit.encrypt(key, [{ plaintext: "a" }])).rejects.toMatchObject({ code: "invalid-request" });
    expect(at.asked()).toEqual([]);
  });
});
