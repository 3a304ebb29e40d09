import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { request } from "node:https";
import { expect, test } from "vitest";
import { makeAuthority } from "./certificates.ts";
import { jsonAnswer } from "./wire-answer.ts";
import { startWireServer } from "./wire-server.ts";

async function ask(url: string, options: object): Promise<string> {
  const asking = request(url, { agent: false, ...options });
  asking.end();
  const [answer] = await once(asking, "response");
  let text = "";
  for await (const chunk of answer) text += chunk;
  return text;
}

test("a certificate bears the names it was issued for, and its authority's signature", async () => {
  const authority = await makeAuthority();
  const { cert } = await authority.issue({ hosts: ["my.vault.azure.net", "127.0.0.1", "::1"] });
  const made = new X509Certificate(cert);
  expect(made.checkHost("my.vault.azure.net")).toBe("my.vault.azure.net");
  expect([made.checkIP("127.0.0.1"), made.checkIP("::1")]).toEqual(["127.0.0.1", "::1"]);
  expect(made.checkHost("localhost")).toBeUndefined();
  expect(made.verify(new X509Certificate(authority.ca).publicKey)).toBe(true);
  expect(made.checkIssued(new X509Certificate(authority.ca))).toBe(true);
});

test("a client that trusts the authority reaches the server, and no other does", async () => {
  const [ours, theirs] = await Promise.all([makeAuthority(), makeAuthority("Somebody else")]);
  await using server = await startWireServer(() => ({ body: "hello" }), { tls: await ours.issue() });
  expect(await ask(server.url, { ca: ours.ca })).toBe("hello");
  await expect(ask(server.url, { ca: theirs.ca })).rejects.toMatchObject({
    code: expect.stringMatching(/^UNABLE|SIGN/),
  });
  await expect(ask(server.url, { ca: ours.ca, servername: "other.example" })).rejects.toMatchObject({
    code: "ERR_TLS_CERT_ALTNAME_INVALID",
  });
});

test("a certificate that has expired is refused", async () => {
  const authority = await makeAuthority();
  const tls = await authority.issue({ validFrom: Date.now() - 20_000, validUntil: Date.now() - 10_000 });
  await using server = await startWireServer(() => ({ body: "hello" }), { tls });
  await expect(ask(server.url, { ca: authority.ca })).rejects.toMatchObject({ code: "CERT_HAS_EXPIRED" });
});

test("a server that asks for a certificate knows its client", async () => {
  const authority = await makeAuthority();
  const tls = { ...(await authority.issue()), ca: authority.ca, requestCert: true, rejectUnauthorized: false };
  await using server = await startWireServer(({ clientName = null }) => jsonAnswer({ clientName }), { tls });
  const client = await authority.issue({ client: true, commonName: "payments" });
  expect(await ask(server.url, { ca: authority.ca, ...client })).toBe('{"clientName":"payments"}');
  expect(await ask(server.url, { ca: authority.ca })).toBe('{"clientName":null}');
});
