import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { type CertificateAuthority, makeAuthority, type WireCertificate } from "@secretsource/conformance/wire";
import { virtualClock } from "@secretsource/core/testing";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { reply } from "../../test/fake/reply.ts";
import { startFake } from "../../test/fake/start-fake.ts";
import { temporaryFiles } from "../../test/temporary-files.ts";
import { vaultDefaults } from "../defaults.ts";
import { vaultPath } from "../engines/vault-path.ts";

const { fileOf, remove } = temporaryFiles();
const never = new AbortController().signal;
let authority: CertificateAuthority;
let otherCa: string;
let ended: WireCertificate;
let one: WireCertificate;
let two: WireCertificate;
let server: WireCertificate;

beforeAll(async () => {
  authority = await makeAuthority();
  const issue = (commonName: string, validUntil?: number) =>
    authority.issue({ client: true, commonName, ...(validUntil !== undefined && { validUntil }) });
  server = await authority.issue();
  ended = await issue("ended", Date.now() - 1000);
  one = await issue("one");
  two = await issue("two");
  otherCa = (await makeAuthority("another")).ca;
});
afterAll(remove);
let warn: ReturnType<typeof vi.spyOn>;
beforeEach(() => {
  warn = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
});
afterEach(() => vi.restoreAllMocks());

/** A server that takes nobody without a certificate, and tells whose it was. */
async function open(first: WireCertificate) {
  const demanding = { ...server, ca: authority.ca, requestCert: true, rejectUnauthorized: true };
  const fake = await startFake(undefined, { tls: demanding });
  const held = { open: () => {}, arrived: 0 };
  fake.vault.mounts.set("slow/", {
    async handle({ wire }) {
      held.arrived += 1;
      await new Promise<void>((settle) => {
        held.open = settle;
      });
      return reply({ data: { name: wire.clientName } });
    },
  });
  // Each on a connection of its own: the one before would do with any file.
  const headers = { connection: "close" };
  fake.vault.mounts.set("who/", { handle: ({ wire }) => ({ ...reply({ data: { name: wire.clientName } }), headers }) });
  const clock = virtualClock({ now: Date.UTC(2026, 0, 1) });
  const files = { ca: fileOf(authority.ca), cert: fileOf(first.cert), key: fileOf(first.key) };
  const env = { VAULT_CACERT: files.ca, VAULT_CLIENT_CERT: files.cert, VAULT_CLIENT_KEY: files.key };
  const source = vaultPath({ address: fake.address, env: { VAULT_TOKEN: fake.vault.root.value, ...env }, clock });
  return {
    fake,
    files,
    held,
    write: (what: keyof typeof files, pem: string) => writeFileSync(files[what], pem),
    pass: (ms: number = vaultDefaults.tlsFilesMs) => clock.advance(ms),
    async who(path = "who/a", signal = never): Promise<unknown> {
      const record = await source.read({ name: path, version: "current" }, { signal, bypassCaches: true });
      return record.failure ?? JSON.parse(String(record.payload)).name;
    },
    async [Symbol.asyncDispose]() {
      await source.close?.();
      await fake.server.close();
    },
  };
}

test("a certificate that was renewed is shown without a restart, from the next look on", async () => {
  await using at = await open(one);
  expect(await at.who()).toBe("one");
  at.write("cert", two.cert);
  at.write("key", two.key);
  await at.pass(vaultDefaults.tlsFilesMs - 1);
  expect(await at.who()).toBe("one");
  await at.pass(1);
  expect(await Promise.all([at.who(), at.who(), at.who()])).toEqual(["two", "two", "two"]);
  expect(warn).not.toHaveBeenCalled();
});

/** The certificate is renewed while a call is under way; wrapped, since the call is not waited for. */
async function renewedMeanwhile(at: Awaited<ReturnType<typeof open>>) {
  const slow = at.who("slow/a");
  await expect.poll(() => at.held.arrived).toBe(1);
  at.write("cert", two.cert);
  at.write("key", two.key);
  await at.pass();
  expect(await at.who()).toBe("two");
  return { slow };
}

test("what is under way ends on the connection that it has", async () => {
  await using at = await open(one);
  const { slow } = await renewedMeanwhile(at);
  at.held.open();
  expect(await slow).toBe("one");
});

test("a close ends what is under way on a connection from before", async () => {
  await using at = await open(one);
  const { slow } = await renewedMeanwhile(at);
  await at[Symbol.asyncDispose]();
  expect(await slow).toBe("unavailable");
});

test("after a refusal the next call looks at once", async () => {
  await using at = await open(ended);
  expect(await at.who()).toBe("unavailable");
  at.write("cert", one.cert);
  at.write("key", one.key);
  expect(await at.who()).toBe("one");
});

const spoilt: readonly (readonly [string, "ca" | "cert" | "key", () => string, string])[] = [
  ["a certificate without its key yet", "cert", () => two.cert, "the key is not the certificate's"],
  ["half a certificate", "cert", () => two.cert.slice(0, 300), "`tls.certFile` (VAULT_CLIENT_CERT), `FILE`, holds no"],
  ["an empty key", "key", () => "", "`tls.keyFile` (VAULT_CLIENT_KEY), `FILE`, holds no private key"],
  ["an empty list of authorities", "ca", () => "", "`tls.caFile` (VAULT_CACERT), `FILE`, holds no certificate"],
  ["a list of authorities that ends early", "ca", () => authority.ca + otherCa.slice(0, 300), "`FILE`, holds no"],
];
test.each(spoilt)("%s leaves what was good in use, with one warning if it stays", async (_, what, pem, why) => {
  await using at = await open(one);
  expect(await at.who()).toBe("one");
  at.write(what, pem());
  await at.pass();
  expect(await at.who()).toBe("one");
  expect(warn).not.toHaveBeenCalled();
  for (let look = 0; look < 3; look += 1) {
    await at.pass();
    expect(await at.who()).toBe("one");
  }
  expect(warn.mock.calls).toEqual([
    [
      expect.stringMatching(/VAULT_CLIENT_KEY\) have changed and cannot be used\./),
      { type: "SecretsourceWarning", code: "SECRETSOURCE_VAULT_TLS_FILES" },
    ],
  ]);
  expect(warn.mock.calls[0]?.[0]).toContain(why.replace("FILE", at.files[what]));
  at.write("ca", authority.ca + otherCa);
  at.write("cert", two.cert);
  at.write("key", two.key);
  await at.pass();
  expect(await at.who()).toBe("two");
});

test("a pair that does not go together at the start is read again by the next call", async () => {
  await using at = await open({ cert: two.cert, key: one.key });
  expect(await at.who()).toBe("unavailable");
  at.write("key", two.key);
  expect(await at.who()).toBe("two");
});

test("a file that is away for a while is waited for", async () => {
  await using at = await open(one);
  expect(await at.who()).toBe("one");
  rmSync(at.files.key);
  await at.pass();
  expect(await at.who()).toBe("one");
  at.write("cert", two.cert);
  at.write("key", two.key);
  await at.pass();
  expect(await at.who()).toBe("two");
  expect(warn).not.toHaveBeenCalled();
});

test("files that hang hold up calls for one look, and not for ever", async () => {
  await using at = await open(one);
  expect(await at.who()).toBe("one");
  rmSync(at.files.key);
  execFileSync("mkfifo", [at.files.key]);
  await at.pass();
  const [first, second] = [at.who("who/a", AbortSignal.timeout(50)), at.who("who/a", AbortSignal.timeout(50))];
  await expect(first).rejects.toThrow();
  await expect(second).rejects.toThrow();
  await at.pass();
  expect(await at.who()).toBe("one");
  // Whoever reads it is let go.
  writeFileSync(at.files.key, one.key);
});

test("authorities that were renewed are trusted, and those taken away are not", async () => {
  await using at = await open(one);
  at.write("ca", otherCa);
  expect(await at.who()).toBe("unavailable");
  at.write("ca", otherCa + authority.ca);
  expect(await at.who()).toBe("one");
  at.write("ca", otherCa);
  await at.pass();
  expect(await at.who()).toBe("unavailable");
});
