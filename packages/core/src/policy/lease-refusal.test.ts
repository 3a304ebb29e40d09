import { expect, test } from "vitest";
import { failureCodes } from "../errors/error-code.ts";
import { refusesRenewal, saysLeaseOver } from "./lease-refusal.ts";

test("what says nothing about the lease is tried again; everything else is the store's no", () => {
  const silent = failureCodes.filter((code) => !refusesRenewal(code));
  expect(silent.sort()).toEqual(["aborted", "payload-corrupt", "throttled", "timeout", "unavailable", "unknown"]);
});

test("only the store's word that there is no such lease takes the credential away before its end", () => {
  expect(failureCodes.filter(saysLeaseOver)).toEqual(["not-found", "deleted"]);
});
