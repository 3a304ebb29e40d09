import { expect, test } from "vitest";
import { mockedInstance } from "./mocked-instance.ts";
import { refusal } from "./outcomes.ts";

test.each([undefined, null, 1, "login", { login: true }])(
  "an operation or a check that is no function: %s",
  async (wrong) => {
    const { secrets, source } = mockedInstance();
    const operation = wrong as unknown as () => number;
    const run = await refusal(secrets.withSecret("db", operation, { isAuthError: () => false }));
    expect(run).toMatchObject({ code: "invalid-options" });
    expect(run.message).toContain("withSecret's second argument must be the operation: a function.");
    const check = wrong as unknown as () => boolean;
    const accepted = await refusal(secrets.acceptAny("db", check));
    expect(accepted).toMatchObject({ code: "invalid-options" });
    expect(accepted.message).toContain("acceptAny's second argument must be the check: a function.");
    expect(source.calls).toEqual([]);
    await secrets.close();
  },
);

test.each([1, "yes", { valid: false }, [], Promise.resolve("yes")])(
  "a check accepts by `true` alone, not by %s",
  async (answer) => {
    const { secrets } = mockedInstance();
    expect(await secrets.acceptAny("db", () => answer as unknown as boolean)).toBeUndefined();
    await secrets.close();
  },
);

test.each([undefined, null, 1, {}, ["one"], Symbol("one"), new ArrayBuffer(3)])(
  "what is no text or bytes equals no secret: %s",
  async (given) => {
    const { secrets } = mockedInstance();
    expect(await secrets.acceptAny("db", (_secret, equals) => equals(given as unknown as string))).toBeUndefined();
    expect((await secrets.acceptAny("db", (_secret, equals) => equals(Buffer.from("one"))))?.name).toBe("db");
    await secrets.close();
  },
);
