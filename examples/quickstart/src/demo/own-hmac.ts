const text = new TextEncoder();

/** The driver's own HMAC-SHA-256, by Web Crypto: it shares no code with the service. */
export async function ownHmac(key: string, message: string): Promise<string> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const imported = await crypto.subtle.importKey("raw", text.encode(key), algorithm, false, ["sign"]);
  return base64url(new Uint8Array(await crypto.subtle.sign("HMAC", imported, text.encode(message))));
}

/** A token as an honest party with the key would write it. */
export async function ownToken(key: string, claims: object): Promise<string> {
  const body = base64url(text.encode(JSON.stringify(claims)));
  return `${body}.${await ownHmac(key, body)}`;
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
