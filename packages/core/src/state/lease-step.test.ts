import { expect, test } from "vitest";
import { leaseStep, replaceReason } from "./lease-step.ts";
import { noTenure, type Tenure } from "./tenure.ts";

const grant = { member: 0, id: "one", spanMs: 1000, validUntil: Number.POSITIVE_INFINITY };
const renewable: Tenure = { kind: "renewable", grant, id: "one" };
const truncated: Tenure = { kind: "ending", grant, why: "truncated" };
const over: Tenure = { kind: "over", grant };

test.each<[Tenure, number, string, string]>([
  [renewable, 340, "renew", "asked"],
  [renewable, 200, "renew", "asked"],
  [renewable, 199, "replace", "running-out"],
  [renewable, 0, "replace", "over"],
  [truncated, 900, "replace", "truncated"],
  [{ ...truncated, why: "refused" }, 10, "replace", "refused"],
  [{ ...truncated, why: "not-renewable" }, 340, "replace", "not-renewable"],
  [over, 340, "replace", "over"],
  [noTenure, 340, "replace", "over"],
])("%o with %i ms left: %s, %s", (tenure, leftMs, step, reason) => {
  expect(leaseStep(tenure, leftMs)).toBe(step);
  expect(replaceReason(tenure, leftMs)).toBe(reason);
});
