import { randomBytes } from "node:crypto";

export interface SigningKey {
  readonly id: string;
  readonly key: string;
}

/** Every secret of one run, new each time, so that whatever is found in an output was leaked by this run. */
export interface SecretValues {
  /** The first is in use at first. */
  readonly signingKeys: readonly [SigningKey, ...SigningKey[]];
  readonly issuerKey: string;
  readonly receiptKey: string;
  readonly acmeKey: string;
  readonly globexKey: string;
  /** Stands between bytes that are no UTF-8, so that reading it as text fails. */
  readonly damaged: string;
}

export function newSecretValues(): SecretValues {
  const value = () => randomBytes(30).toString("base64url");
  const signingKey = (letter: string): SigningKey => ({ id: `key-${letter}`, key: value() });
  return {
    signingKeys: [signingKey("a"), ...["b", "c", "d", "e", "f"].map(signingKey)],
    issuerKey: value(),
    receiptKey: value(),
    acmeKey: value(),
    globexKey: value(),
    damaged: value(),
  };
}

/** All of them by name. */
export function namedValues({ signingKeys, ...values }: SecretValues): (readonly [string, string])[] {
  return [...Object.entries(values), ...signingKeys.map(({ id, key }) => [id, key] as const)];
}
