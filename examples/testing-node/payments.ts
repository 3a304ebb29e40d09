import { createHmac } from "node:crypto";
import { getSecret } from "@secretsource/core";

/** What is tested here: code that asks for a secret where it needs one. */
export async function sign(order: string) {
  const key = await getSecret("production/shop/signing-key");
  const signature = createHmac("sha256", key.reveal()).update(order).digest("base64url");
  return { signature, keyVersion: key.version };
}
