import { setImmediate } from "node:timers/promises";
import { jsonAnswer } from "@secretsource/conformance/wire";
import { createSecrets } from "@secretsource/core";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { ask } from "../test/ask.ts";
import { tenant } from "../test/fake-entra.ts";
import { signToken } from "../test/fake-token.ts";
import { withFake } from "../test/with-fake.ts";
import type { AzureToken, AzureTokenOptions } from "./azure-credential.ts";
import { azureDefaults } from "./defaults.ts";
import { SharedCredential } from "./shared-credential.ts";

afterEach(() => void vi.useRealTimers());

/** From now on, this much later; only what looks at the date notices. */
function later(ms: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + ms });
}

const isLogin = ({ method }: { method: string }) => method === "POST";
const names = Array.from({ length: 200 }, (_, n) => `n${n}`);

test("two hundred reads whose login is refused lead to one, and to the next one a while later", async () => {
  const { entra, vault, source } = await withFake();
  for (const name of names) vault.set(name, "1");
  const refusal = jsonAnswer({ error: "invalid_client", error_description: "AADSTS7000222: No" }, { status: 401 });
  await entra.server.inject(refusal, { where: isLogin });
  const secrets = createSecrets({ source });
  const read = () => Promise.allSettled(names.map((name) => secrets.getSecret(name)));
  const codes = (await read()).map((end) => end.status === "rejected" && end.reason.code);
  expect([new Set(codes), entra.logins]).toEqual([new Set(["unauthenticated"]), 1]);
  await entra.server.heal();
  later(azureDefaults.loginSpacingMs + 1);
  expect(await ask(source, "n0")).toMatchObject({ payload: "1" });
  expect(entra.logins).toBe(2);
  await secrets.close();
});

test("a login that could not be sent is tried again at once, since that is nobody's refusal", async () => {
  const { entra, vault, source } = await withFake();
  vault.set("db", "1");
  await entra.server.inject({ status: 503, body: "No" }, { where: isLogin, times: 1 });
  expect(await ask(source, "db")).toMatchObject({ failure: "unavailable" });
  expect(await ask(source, "db")).toMatchObject({ payload: "1" });
});

test("while nobody issues tokens, the one that still holds is used, and one login is tried in a while", async () => {
  const { entra, vault, source } = await withFake();
  entra.lifetimeMs = 100_000;
  vault.set("db", "1");
  await ask(source, "db");
  await entra.server.inject({ status: 503, body: "No" }, { where: isLogin });
  for (let n = 0; n < 10; n += 1) expect(await ask(source, "db")).toMatchObject({ payload: "1" });
  await vi.waitFor(() => expect(entra.logins).toBe(2));
  later(azureDefaults.loginSpacingMs + 1);
  for (let n = 0; n < 10; n += 1) expect(await ask(source, "db")).toMatchObject({ payload: "1" });
  await vi.waitFor(() => expect(entra.logins).toBe(3));
});

const scope = "https://vault.azure.net/.default";

/** Its first token is given at once; for the others it waits. */
function slowCredential() {
  const expiresOnTimestamp = Date.now() + 90_000;
  const [aud, iss] = ["https://vault.azure.net", `https://sts.windows.net/${tenant}/`];
  const token: AzureToken = {
    token: signToken({ aud, iss, nbf: 0, exp: expiresOnTimestamp / 1000 }),
    expiresOnTimestamp,
  };
  const credential = {
    asked: 0,
    getToken(_scopes: unknown, { abortSignal }: AzureTokenOptions = {}): Promise<AzureToken> {
      credential.asked += 1;
      if (credential.asked === 1) return Promise.resolve(token);
      const { promise, reject } = Promise.withResolvers<AzureToken>();
      abortSignal?.addEventListener("abort", () => reject(new Error("It was aborted")));
      return promise;
    },
  };
  return { credential, token };
}

test.each(["an abort", "a close"])(
  "after %s during a refresh the SDK is given what still holds: told of a failure, it goes on",
  async (how) => {
    const { credential, token } = slowCredential();
    const shared = new SharedCredential(async () => credential, scope);
    await shared.getToken(scope);
    const controller = new AbortController();
    const waiting = shared.getToken(scope, { abortSignal: controller.signal });
    await vi.waitFor(() => expect(credential.asked).toBe(2));
    if (how === "an abort") controller.abort();
    else shared.close();
    expect(await waiting).toBe(token);
    // Nor has anything failed: the next one asks again.
    void shared.getToken(scope);
    await vi.waitFor(() => expect(credential.asked).toBe(3));
    shared.close();
  },
);

test("an abort in the midst of a refresh behind leaves no timer of the SDK, which would ask anew until the token's end", async () => {
  const { credential } = slowCredential();
  const { vault, server, source } = await withFake({ credential });
  vault.set("db", "1");
  expect(await ask(source, "db")).toMatchObject({ payload: "1" });
  await server.inject("hang");
  const timers = vi.spyOn(globalThis, "setTimeout");
  onTestFinished(() => timers.mockRestore());
  const controller = new AbortController();
  const reading = ask(source, "db", "current", controller.signal);
  await vi.waitFor(() => expect(credential.asked).toBe(2));
  controller.abort();
  await reading;
  await source.close?.();
  await setImmediate();
  expect(timers.mock.calls.filter(([, ms]) => ms === 3000)).toEqual([]);
});

test.each([
  undefined,
  "a text",
  {},
  { token: "", expiresOnTimestamp: 1 },
  { token: "1" },
  { token: "1", expiresOnTimestamp: Number.NaN },
  { token: "a\r\nb", expiresOnTimestamp: 1 },
  { token: "tökén", expiresOnTimestamp: 1 },
])("what a credential gives instead of a token is never sent: %j", async (given) => {
  const { server, source } = await withFake({ credential: { getToken: async () => given as never } });
  expect(await ask(source, "db")).toMatchObject({
    failure: "unauthenticated",
    advice: expect.stringContaining("gave no token"),
  });
  expect(server.requests).toHaveLength(1);
});
