import { randomBytes } from "node:crypto";

/** Every secret of one run, new each time, so that whatever is found in an output was leaked by this run. */
export interface SecretValues {
  readonly signingKey: string;
  readonly issuerKey: string;
  readonly receiptKey: string;
  readonly acmeKey: string;
  readonly globexKey: string;
  /** Stands between bytes that are no UTF-8, so that reading it as text fails. */
  readonly damaged: string;
}

export const signingKeyId = "2026-11";

export function newSecretValues(): SecretValues {
  const value = () => randomBytes(30).toString("base64url");
  return {
    signingKey: value(),
    issuerKey: value(),
    receiptKey: value(),
    acmeKey: value(),
    globexKey: value(),
    damaged: value(),
  };
}
