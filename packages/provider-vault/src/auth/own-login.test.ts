import { describe, expect, test } from "vitest";
import { connect } from "../../test/connect.ts";
import type { VaultLogin } from "./vault-login.ts";

async function refusalBy(login: VaultLogin) {
  await using at = await connect({}, { login });
  return { answer: await at.read(), asked: at.asked() };
}

describe("a login of one's own", () => {
  test("that throws says so without its text", async () => {
    const login: VaultLogin = { method: "own", login: () => Promise.reject(new Error("canary")) };
    const { answer } = await refusalBy(login);
    expect(answer).toMatchObject({ failure: "unknown", advice: expect.stringContaining("threw") });
    expect(JSON.stringify(answer)).not.toContain("canary");
  });

  test.each(["not-found", "version-not-found", "field-not-found", "deleted", "disabled"] as const)(
    "that finds something %s says nothing of the secret",
    async (failure) => {
      const login: VaultLogin = { method: "own", login: async () => ({ failure, advice: "The role is gone." }) };
      const { answer } = await refusalBy(login);
      expect(answer).toMatchObject({ failure: "unauthenticated", advice: "The role is gone." });
    },
  );

  test("gets the connection: a path of segments, encoded", async () => {
    const login: VaultLogin = {
      method: "userpass",
      login: ({ logIn }) => logIn(["auth", "userpass", "login", "a/b c"], { password: "p" }),
    };
    const { answer, asked } = await refusalBy(login);
    expect(asked).toEqual(["POST auth/userpass/login/a%2Fb%20c"]);
    expect(answer).toMatchObject({ failure: "unauthenticated" });
  });
});
