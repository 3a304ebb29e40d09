import { expect, test } from "vitest";
import { isCertificateCode, isNetworkCode } from "./connection-codes.ts";

test.each(["ECONNREFUSED", "ENOTFOUND", "ERR_STREAM_PREMATURE_CLOSE", "HPE_INVALID_CONSTANT"])(
  "%s is a network's",
  (code) => {
    expect([isNetworkCode(code), isCertificateCode(code)]).toEqual([true, false]);
  },
);

test.each([
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
])("%s is a certificate's", (code) => {
  expect([isNetworkCode(code), isCertificateCode(code)]).toEqual([false, true]);
});

test.each([
  "",
  "hunter2",
  "CERT_",
  "CERT_hunter2",
  "CERT_A\nB",
  `CERT_${"A".repeat(61)}`,
  "ECONNREFUSED ",
  undefined,
  5,
  {},
])("%s is neither", (code) => {
  expect([isNetworkCode(code), isCertificateCode(code)]).toEqual([false, false]);
});
