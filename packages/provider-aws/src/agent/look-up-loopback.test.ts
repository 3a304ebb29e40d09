import type { LookupAddress } from "node:dns";
import { expect, test } from "vitest";
import { lookUpLoopback } from "./look-up-loopback.ts";

test("localhost is looked up nowhere, for one address and for all", () => {
  const found: unknown[] = [];
  const done = (_error: unknown, address: string | LookupAddress[], family?: number) => found.push(address, family);
  lookUpLoopback("localhost", { all: true }, done);
  lookUpLoopback("localhost", {}, done);
  lookUpLoopback("localhost", { family: 6 }, done);
  expect(found).toEqual([
    [
      { address: "127.0.0.1", family: 4 },
      { address: "::1", family: 6 },
    ],
    undefined,
    "127.0.0.1",
    4,
    "::1",
    6,
  ]);
});
