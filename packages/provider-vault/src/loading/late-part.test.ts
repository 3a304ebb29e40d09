import { expect, test, vi } from "vitest";
import { LatePart } from "./late-part.ts";

const part = { name: "a part" };

test("nothing is loaded before it is needed, and then once for all who need it", async () => {
  const bring = vi.fn(async () => part);
  const late = new LatePart(bring);
  expect(bring).not.toHaveBeenCalled();
  const got = await Promise.all([late.load(), late.load(), late.load()]);
  expect([...got, await late.load()]).toEqual([part, part, part, part]);
  expect(bring).toHaveBeenCalledOnce();
});

test("what cannot be loaded is said to all who wait for it, and tried again by the next", async () => {
  const bring = vi.fn(async () => part);
  bring.mockRejectedValueOnce(Object.assign(new Error("Cannot find module 'canary'"), { code: "MODULE_NOT_FOUND" }));
  const late = new LatePart(bring);
  const [one, other] = await Promise.all([late.load(), late.load()]);
  expect(one).toEqual({
    failure: "unknown",
    // A read of a role has not been sent, and is none of those that may mint without an answer.
    madeNothing: true,
    advice: expect.stringMatching(/^The package node-vault, or a part of this one, .*install the dependencies anew/),
    native: { code: "MODULE_NOT_FOUND" },
  });
  expect(other).toBe(one);
  expect(JSON.stringify(one)).not.toContain("canary");
  expect(bring).toHaveBeenCalledOnce();
  expect(await late.load()).toBe(part);
  expect(bring).toHaveBeenCalledTimes(2);
});
