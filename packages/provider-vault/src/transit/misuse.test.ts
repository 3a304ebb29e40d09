import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { token } from "../auth/index.ts";
import { vaultTransit } from "./vault-transit.ts";

// Nothing listens there: what is refused at home never leaves.
const open = () => vaultTransit({ address: "http://127.0.0.1:1", env: {}, login: token({ token: "t" }) });

const looksLikeText = { toString: () => "4929881277450031", [Symbol.toPrimitive]: () => "4929881277450031" };
const odd = [4929881277450031, 4929881277450031n, ["4929881277450031"], looksLikeText, undefined, null];

describe("what is neither a text nor bytes", () => {
  test.each(odd)("is refused as a plaintext, an input, a context; nothing of it is shown (%#)", async (value) => {
    await using transit = open();
    const given = value as never;
    const calls = [
      () => transit.encrypt("k", [{ plaintext: given }]),
      () => transit.sign("k", [{ input: given }]),
      () => transit.hmac("k", [{ input: given }]),
      () => transit.decrypt("k", [{ ciphertext: given }]),
      () => transit.rewrap("k", [{ ciphertext: given }]),
      () => transit.verify("k", [{ input: "a", signature: given }]),
      () => transit.verifyHmac("k", [{ input: "a", hmac: given }]),
      ...(value === undefined ? [] : [() => transit.encrypt("k", [{ plaintext: "a", context: given }])]),
      ...(value === undefined ? [] : [() => transit.dataKey("k", { associatedData: given })]),
      () => transit.encrypt("k", [given]),
    ];
    for (const call of calls) {
      // A promise that rejects, and not a throw.
      const said: unknown = await call().catch((error: unknown) => error);
      expect(said).toMatchObject({ code: "invalid-request", source: "vault-transit" });
      expect(`${inspect(said, { depth: 9, showHidden: true })}${(said as Error).stack}`).not.toContain("4929881277");
    }
  });

  test.each([undefined, null, 7, "ab", {}])("%j is no batch", async (items) => {
    await using transit = open();
    await expect(transit.encrypt("k", items as never)).rejects.toMatchObject({ code: "invalid-request" });
  });

  test.each([undefined, 7, {}])("%j is no key's name", async (key) => {
    await using transit = open();
    await expect(transit.encrypt(key as never, [{ plaintext: "a" }])).rejects.toMatchObject({
      code: "invalid-request",
    });
  });
});

test("one that was closed before its first call says so", async () => {
  const transit = open();
  await transit.close();
  await expect(transit.encrypt("k", [{ plaintext: "a" }])).rejects.toMatchObject({
    code: "unavailable",
    source: "vault-transit",
    secretName: "k",
    advice: expect.stringContaining("closed"),
  });
});
