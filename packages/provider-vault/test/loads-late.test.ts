import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = promisify(execFile);

/** What every program pays for that imports this package, and may never read a secret. */
const atTheImport = [
  "auth/token.ts",
  "connection/address.ts",
  "connection/certificate-warning.ts",
  "connection/connection-settings.ts",
  "connection/environment.ts",
  "connection/late-connection.ts",
  "connection/segments.ts",
  "connection/tls-options.ts",
  "connection/vault-connection.ts",
  "connection/vault-options.ts",
  "defaults.ts",
  "engines/kv-options.ts",
  "engines/minting-source.ts",
  "engines/pki-options.ts",
  "engines/vault-aws.ts",
  "engines/vault-database.ts",
  "engines/vault-kv.ts",
  "engines/vault-path.ts",
  "engines/vault-pki.ts",
  "index.ts",
  "loading/late-part.ts",
  "options/checks.ts",
  "options/duration-ms.ts",
  "token/connection-closed.ts",
  "token/raced.ts",
  "token/system-clock.ts",
  "token/with-time-limit.ts",
  "transit/transit-error.ts",
  "transit/vault-transit.ts",
  "uri/uri-flag.ts",
  "uri/uri-login.ts",
  "uri/uri-vault-options.ts",
];

test("what only a call needs is loaded by the first call: not by the import, by making a source, or by closing it", async () => {
  const hook = join(import.meta.dirname, "../../conformance/test/runner/from-sources.ts");
  const program = join(import.meta.dirname, "programs/loads-late.ts");
  const { stdout } = await run(process.execPath, ["--import", hook, program, "http://127.0.0.1:1"]);
  const { byImport, byClosing, byLogins = [], failure, byCall } = JSON.parse(stdout) as Record<string, string[]>;
  expect(byImport).toEqual(atTheImport);
  expect(byClosing).toEqual(atTheImport);
  const ofLogins = byLogins.filter((file) => !atTheImport.includes(file) && !file.startsWith("auth/"));
  expect(ofLogins).toEqual(["connection/file-stamp.ts", "files/shown-path.ts", "files/unreadable-file.ts"]);
  expect(failure).toBe("unavailable");
  const ofCalls = ["vault-calls.ts", "connection/connection.ts", "transport/http-transport.ts", "NativeModule http"];
  expect(byCall).toEqual(expect.arrayContaining(ofCalls));
});
