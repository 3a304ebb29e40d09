import { expect, test } from "vitest";
import type { AzureToken } from "./azure-credential.ts";
import { SharedCredential } from "./shared-credential.ts";

const scope = "https://vault.azure.net/.default";
const valid: AzureToken = { token: "1", expiresOnTimestamp: Date.now() + 60_000 };
const expired: AzureToken = { token: "0", expiresOnTimestamp: Date.now() - 1 };

function answering(...answers: (AzureToken | Error)[]) {
  let asked = 0;
  const shared = new SharedCredential(
    async () => ({
      async getToken() {
        const answer = answers[asked++];
        if (answer === undefined || answer instanceof Error) throw answer ?? new Error("asked too often");
        return answer;
      },
    }),
    scope,
  );
  return { shared, asked: () => asked };
}

test("a refresh that fails leaves the token that still holds", async () => {
  const { shared, asked } = answering(valid, new Error("down"), new Error("down"));
  expect(await shared.getToken(scope)).toBe(valid);
  expect(await shared.getToken(scope)).toBe(valid);
  // A token that has to meet new claims is none of those before.
  await expect(shared.getToken(scope, { claims: "{}" })).rejects.toThrow("down");
  expect(asked()).toBe(3);
});

test("a token that has ended is nobody's, nor is that of another tenant", async () => {
  const { shared } = answering(expired, new Error("down"));
  await shared.getToken(scope);
  await expect(shared.getToken(scope)).rejects.toThrow("down");
  const other = answering(valid, new Error("down"));
  await other.shared.getToken(scope, { tenantId: "a" });
  await expect(other.shared.getToken(scope, { tenantId: "b" })).rejects.toThrow("down");
});

test("a credential that could not be made is made at the next call", async () => {
  let made = 0;
  const shared = new SharedCredential(async () => {
    made += 1;
    if (made === 1) throw new Error("The chunk is not there");
    return { getToken: async () => valid };
  }, undefined);
  await expect(shared.getToken("any")).rejects.toThrow("chunk");
  expect(await shared.getToken("any")).toBe(valid);
});
