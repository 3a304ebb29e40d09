import { createPublicKey, verify } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startOpenBao } from "../../../tools/servers/index.ts";
import { token } from "../src/auth/index.ts";
import { vaultTransit } from "../src/index.ts";
import { BaoAdmin } from "./bao/bao-admin.ts";

const bao = await startOpenBao();
const admin = new BaoAdmin(bao.url);
const keys = ["orders", "tenant", "rsa", "ed", "mac"];

async function openBy(value: string) {
  return vaultTransit({ address: bao.url, env: {}, login: token({ token: value }) });
}

let transit: Awaited<ReturnType<typeof openBy>>;
beforeAll(async () => {
  await admin.call("POST", "sys/mounts/transit", { type: "transit" });
  await admin.call("POST", "transit/keys/orders", {});
  await admin.call("POST", "transit/keys/tenant", { derived: true });
  await admin.call("POST", "transit/keys/rsa", { type: "rsa-2048" });
  await admin.call("POST", "transit/keys/ed", { type: "ed25519" });
  await admin.call("POST", "transit/keys/mac", { type: "hmac", key_size: 32 });
  const verbs = ["encrypt", "decrypt", "rewrap", "sign", "verify", "hmac", "datakey/plaintext", "datakey/wrapped"];
  const paths = verbs.flatMap((verb) => keys.map((key) => `transit/${verb}/${key}`));
  await admin.policy("transit", Object.fromEntries(paths.map((path) => [path, ["update"]])));
  transit = await openBy(await admin.token("transit"));
});
afterAll(async () => {
  await transit.close();
  await bao.stop();
});

const valuesOf = <T>(results: readonly ({ readonly value: T } | { readonly failure: string })[]) =>
  results.map((result) => {
    if ("value" in result) return result.value;
    throw new Error(result.failure);
  });

describe("encryption", () => {
  test("a batch there and back: texts, bytes, nothing at all, data that is bound to a row", async () => {
    const row = { associatedData: Buffer.from("row-17") };
    const plaintexts = ["ä", Uint8Array.of(0, 255), "", "x".repeat(10_000)];
    const ciphertexts = valuesOf(
      await transit.encrypt(
        "orders",
        plaintexts.map((plaintext) => ({ plaintext, ...row })),
      ),
    );
    for (const one of ciphertexts) expect(one).toMatch(/^vault:v1:/);
    const back = await transit.decrypt(
      "orders",
      ciphertexts.map((ciphertext) => ({ ciphertext, ...row })),
    );
    expect(valuesOf(back).map((one) => Buffer.from(one).toString("hex"))).toEqual(
      plaintexts.map((one) => Buffer.from(one).toString("hex")),
    );
  });

  test("one item that cannot be decrypted disturbs no other", async () => {
    const [good = ""] = valuesOf(await transit.encrypt("orders", [{ plaintext: "a" }]));
    const [bound = ""] = valuesOf(
      await transit.encrypt("orders", [{ plaintext: "a", associatedData: Buffer.from("row-1") }]),
    );
    const changed = `${good.slice(0, -4)}AAA=`;
    const results = await transit.decrypt("orders", [
      { ciphertext: good },
      { ciphertext: changed },
      { ciphertext: "no ciphertext" },
      { ciphertext: bound, associatedData: Buffer.from("row-2") },
      { ciphertext: good },
    ]);
    const seen = results.map((result) => (result.failure === undefined ? "value" : result.failure));
    expect(seen).toEqual(["value", "decryption-failed", "decryption-failed", "decryption-failed", "value"]);
  });

  test("a key that derives: by its context, and by no other", async () => {
    const context = Buffer.from("tenant-1");
    const [ciphertext = ""] = valuesOf(await transit.encrypt("tenant", [{ plaintext: "a", context }]));
    expect(valuesOf(await transit.decrypt("tenant", [{ ciphertext, context }]))).toEqual([Uint8Array.of(97)]);
    const [other] = await transit.decrypt("tenant", [{ ciphertext, context: Buffer.from("tenant-2") }]);
    expect(other).toMatchObject({ failure: "decryption-failed" });
  });

  test("rewrap: the newest version of the key; what is below the least one is told as that", async () => {
    const [old = ""] = valuesOf(await transit.encrypt("orders", [{ plaintext: "a" }]));
    await admin.call("POST", "transit/keys/orders/rotate", {});
    const [next = ""] = valuesOf(await transit.rewrap("orders", [{ ciphertext: old }]));
    expect(next).toMatch(/^vault:v2:/);
    await admin.call("POST", "transit/keys/orders/config", { min_decryption_version: 2 });
    const [gone, there] = await transit.decrypt("orders", [{ ciphertext: old }, { ciphertext: next }]);
    expect(gone).toMatchObject({
      failure: "decryption-failed",
      advice: expect.stringContaining("min_decryption_version"),
    });
    expect(there).toMatchObject({ value: Uint8Array.of(97) });
    await admin.call("POST", "transit/keys/orders/config", { min_decryption_version: 1 });
  });
});

describe("signatures, HMACs, data keys", () => {
  test("sign and verify, by both kinds of RSA and by Ed25519, which others verify too", async () => {
    const input = "a text";
    for (const options of [{ signatureAlgorithm: "pkcs1v15" }, { signatureAlgorithm: "pss" }] as const) {
      const [signature = ""] = valuesOf(await transit.sign("rsa", [{ input }], options));
      const checked = [
        { input, signature },
        { input: "another", signature },
      ];
      expect(valuesOf(await transit.verify("rsa", checked, options))).toEqual([true, false]);
    }
    const [signature = ""] = valuesOf(await transit.sign("ed", [{ input }]));
    const { data } = await admin.call("GET", "transit/keys/ed");
    const key = (data as { keys: Record<string, { public_key: string }> }).keys["1"]?.public_key ?? "";
    const spki = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), Buffer.from(key, "base64")]);
    const publicKey = createPublicKey({ key: spki, format: "der", type: "spki" });
    const bytes = Buffer.from(signature.replace("vault:v1:", ""), "base64");
    expect(verify(null, Buffer.from(input), publicKey, bytes)).toBe(true);
  });

  test("HMAC, there and back", async () => {
    const [hmac = ""] = valuesOf(await transit.hmac("mac", [{ input: "a" }]));
    const marked = [
      { input: "a", hmac },
      { input: "b", hmac },
    ];
    expect(valuesOf(await transit.verifyHmac("mac", marked))).toEqual([true, false]);
  });

  test("a data key comes with its plaintext or without, and can be had again", async () => {
    const made = await transit.dataKey("orders", { bits: 256 });
    expect(made.plaintext?.byteLength).toBe(32);
    expect(valuesOf(await transit.decrypt("orders", [made]))).toEqual([made.plaintext]);
    const wrapped = await transit.dataKey("orders", { bits: 128, wrapped: true });
    expect(Object.keys(wrapped)).toEqual(["ciphertext"]);
    expect(valuesOf(await transit.decrypt("orders", [wrapped]))[0]?.byteLength).toBe(16);
  });
});

describe("what cannot be done", () => {
  test("a policy without it is a denial, with the rule; a dead token is unauthenticated", async () => {
    const value = await admin.token("default");
    const poor = await openBy(value);
    await expect(poor.encrypt("orders", [{ plaintext: "a" }])).rejects.toMatchObject({
      code: "access-denied",
      advice: expect.stringContaining("`update` on `transit/encrypt/orders`"),
    });
    await admin.call("POST", "auth/token/revoke", { token: value });
    await expect(poor.encrypt("orders", [{ plaintext: "a" }])).rejects.toMatchObject({ code: "unauthenticated" });
    await poor.close();
  });

  test("without `create`, a key that there is not is not made", async () => {
    await admin.policy("absent", { "transit/+/absent": ["update"] });
    const other = await openBy(await admin.token("absent"));
    await expect(other.decrypt("absent", [{ ciphertext: "vault:v1:AAAA" }])).rejects.toMatchObject({
      code: expect.stringMatching(/^(?:not-found|invalid-request)$/),
    });
    await expect(admin.call("GET", "transit/keys/absent")).rejects.toThrow("404");
    await other.close();
  });
});
