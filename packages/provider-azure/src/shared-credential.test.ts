import { expect, test } from "vitest";
import type { AzureToken, AzureTokenOptions } from "./azure-credential.ts";
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
  await expect(shared.getToken(scope, { claims: "{}" })).rejects.toMatchObject({ name: "CredentialFailed" });
  expect(asked()).toBe(3);
});

test("a token that has ended is nobody's, nor is that of another tenant", async () => {
  const { shared } = answering(expired, new Error("down"));
  await shared.getToken(scope);
  await expect(shared.getToken(scope)).rejects.toMatchObject({ name: "CredentialFailed" });
  const other = answering(valid, new Error("down"));
  await other.shared.getToken(scope, { tenantId: "a" });
  await expect(other.shared.getToken(scope, { tenantId: "b" })).rejects.toMatchObject({ name: "CredentialFailed" });
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

/** A credential that answers when it is told to. */
function slowCredential() {
  const asked: { options: AzureTokenOptions; answer: PromiseWithResolvers<AzureToken> }[] = [];
  const begun = Promise.withResolvers<void>();
  const getToken = (_scopes: unknown, options: AzureTokenOptions = {}) => {
    const answer = Promise.withResolvers<AzureToken>();
    asked.push({ options, answer });
    begun.resolve();
    return answer.promise;
  };
  return { asked, getToken, begun: begun.promise };
}

test("who gives up waiting for a login leaves it to the others; when nobody waits, it is ended", async () => {
  const credential = slowCredential();
  const shared = new SharedCredential(async () => credential, scope);
  const [one, other] = [new AbortController(), new AbortController()];
  const waiting = [one, other].map(({ signal }) => shared.getToken(scope, { abortSignal: signal }));
  await credential.begun;
  expect(credential.asked).toHaveLength(1);
  const signal = credential.asked[0]?.options.abortSignal;
  one.abort();
  await expect(waiting[0]).rejects.toThrow();
  expect(signal?.aborted).toBe(false);
  other.abort();
  await expect(waiting[1]).rejects.toThrow();
  expect(signal?.aborted).toBe(true);
});

test("a close ends the login that is under way", async () => {
  const credential = slowCredential();
  const shared = new SharedCredential(async () => credential, scope);
  const waiting = shared.getToken(scope);
  await credential.begun;
  shared.close();
  expect(credential.asked[0]?.options.abortSignal?.aborted).toBe(true);
  credential.asked[0]?.answer.resolve(valid);
  expect(await waiting).toBe(valid);
});
