import type { TlsMaterial } from "./endpoint.ts";

/** Whether connections can be made with it: every PEM is whole, and the key is the certificate's. */
export function isUsableTls({ ca, cert, key }: TlsMaterial): boolean {
  if (ca !== undefined && !isWhole([ca].flat().map(String).join("\n"))) return false;
  const { createSecureContext } = process.getBuiltinModule("node:tls");
  try {
    createSecureContext({ ca, cert, key });
    return true;
  } catch {
    return false;
  }
}

/** Node takes a list that ends early, or is empty, without an error, and then trusts nobody in it. */
function isWhole(pems: string): boolean {
  const count = (pattern: RegExp) => pems.match(pattern)?.length ?? 0;
  const begun = count(/-----BEGIN [A-Z0-9 ]*CERTIFICATE-----/g);
  return begun > 0 && begun === count(/-----END [A-Z0-9 ]*CERTIFICATE-----/g);
}
