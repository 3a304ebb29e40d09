import { expect, test } from "vitest";
import { networkFailure } from "./network-failures.ts";

test.each([
  ["ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED", /client certificate has expired/],
  ["ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_EXPIRED", /client certificate has expired/],
  ["ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE", /client certificate that it trusts/],
  ["ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE", /client certificate that it trusts/],
])("%s, an alert of the server to our certificate, says what to renew", (code, advice) => {
  const said = networkFailure(Object.assign(new Error("canary"), { code }));
  expect(said).toEqual({ failure: "unavailable", advice: expect.stringMatching(advice), native: { code } });
});
