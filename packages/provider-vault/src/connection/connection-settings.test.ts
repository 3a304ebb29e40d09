import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { makeAuthority } from "@secretsource/conformance/wire";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { startFake } from "../../test/fake/start-fake.ts";
import { temporaryFiles } from "../../test/temporary-files.ts";
import { token } from "../auth/index.ts";
import { vaultKv } from "../engines/vault-kv.ts";
import { connectionSettings } from "./connection-settings.ts";
import type { Environment } from "./environment.ts";
import type { VaultOptions } from "./vault-options.ts";

const { fileOf, remove } = temporaryFiles();
afterAll(remove);
afterEach(() => vi.restoreAllMocks());

const context = { signal: new AbortController().signal, bypassCaches: true };
const settingsOf = (env: Environment, options: VaultOptions = {}) => connectionSettings({ ...options, env });

describe("the environment", () => {
  test.each([
    [
      "an option",
      { BAO_ADDR: "http://bao", VAULT_ADDR: "http://vault" },
      { address: "http://option" },
      "http://option",
    ],
    ["OpenBao's variable", { BAO_ADDR: "http://bao", VAULT_ADDR: "http://vault" }, {}, "http://bao"],
    ["Vault's variable", { BAO_ADDR: "", VAULT_ADDR: "http://vault:8200" }, {}, "http://vault:8200"],
    [
      "the agent's address",
      { VAULT_AGENT_ADDR: "http://agent", VAULT_ADDR: "http://vault" },
      { agent: true },
      "http://agent",
    ],
    [
      "not the agent's without an agent",
      { VAULT_AGENT_ADDR: "http://agent", VAULT_ADDR: "http://vault" },
      {},
      "http://vault",
    ],
    ["the server's, where an agent has none", { VAULT_ADDR: "http://vault" }, { agent: true }, "http://vault"],
  ])("the address: %s goes before", (_, env, options, expected) => {
    expect(settingsOf(env, options).endpoint.origin.origin).toBe(expected);
  });

  test("the namespace, and what TLS is checked with", () => {
    const env = {
      VAULT_ADDR: "https://vault",
      VAULT_NAMESPACE: "team",
      VAULT_CACERT: "/ca.pem",
      VAULT_CAPATH: "/cas",
      VAULT_CLIENT_CERT: "/cert.pem",
      VAULT_CLIENT_KEY: "/key.pem",
      VAULT_TLS_SERVER_NAME: "vault.internal",
    };
    const { namespace, tls } = settingsOf(env);
    expect([namespace, tls]).toEqual([
      "team",
      {
        ca: { file: "/ca.pem" },
        cert: { file: "/cert.pem" },
        key: { file: "/key.pem" },
        serverName: "vault.internal",
        skipVerify: false,
      },
    ]);
    expect(settingsOf({ ...env, VAULT_CACERT: undefined }).tls.ca).toEqual({ folder: "/cas" });
  });

  test.each(["1", "t", "T", "TRUE", "true", "True"])("VAULT_SKIP_VERIFY=%s is true", (VAULT_SKIP_VERIFY) => {
    expect(settingsOf({ VAULT_ADDR: "https://a", VAULT_SKIP_VERIFY }).tls.skipVerify).toBe(true);
    const tls = { skipVerify: false };
    expect(settingsOf({ VAULT_ADDR: "https://a", VAULT_SKIP_VERIFY }, { tls }).tls.skipVerify).toBe(false);
  });

  test.each(["0", "f", "F", "FALSE", "false", "False", ""])("VAULT_SKIP_VERIFY=%j is false", (VAULT_SKIP_VERIFY) => {
    expect(settingsOf({ VAULT_ADDR: "https://a", VAULT_SKIP_VERIFY }).tls.skipVerify).toBe(false);
  });

  test.each([
    [{ VAULT_ADDR: "https://a", VAULT_SKIP_VERIFY: "yes" }, {}],
    [{ VAULT_ADDR: "https://a", VAULT_CLIENT_CERT: "/cert.pem" }, {}],
    [{ VAULT_ADDR: "https://a", VAULT_NAMESPACE: "a b" }, {}],
    [{ VAULT_ADDR: "a" }, {}],
    [{ VAULT_ADDR: "unix://relative.sock" }, {}],
    [{ VAULT_ADDR: "https://a" }, { agent: true, login: token({ token: "t" }) }],
    [{ VAULT_ADDR: "https://a" }, { tls: { ca: "x", caFile: "y" } }],
    [{ VAULT_ADDR: "https://a" }, { maxBytes: 0 }],
    [{ VAULT_ADDR: "https://a" }, { redirectsTo: ["a"] }],
    [{ VAULT_ADDR: "https://a" }, { redirectsTo: ["unix:///run/agent.sock"] }],
    [{ VAULT_ADDR: "https://a" }, { login: {} as never }],
    [{ VAULT_ADDR: "https://a" }, { clock: 1 as never }],
  ])("%j and %j is a mistake, told at once", (env, options) => {
    expect(() => settingsOf(env, options)).toThrow(expect.objectContaining({ code: "invalid-options" }));
  });
});

describe("a server with a certificate of its own authority", () => {
  let authority: Awaited<ReturnType<typeof makeAuthority>>;
  let fake: Awaited<ReturnType<typeof startFake>>;
  beforeAll(async () => {
    authority = await makeAuthority();
    fake = await startFake(undefined, { tls: await authority.issue() });
    fake.vault.kv.put("a", "{}");
  });
  afterAll(() => fake.server.close());

  async function read(env: Environment) {
    const source = vaultKv({ address: fake.address, env: { VAULT_TOKEN: fake.vault.root.value, ...env } });
    const record = await source.read({ name: "a", version: "current" }, context);
    await source.close?.();
    return record;
  }

  test("is trusted by the file, or by the folder, that the environment names", async () => {
    const file = fileOf(authority.ca);
    expect(await read({ VAULT_CACERT: file })).toMatchObject({ version: "1" });
    expect(await read({})).toMatchObject({ failure: "unavailable", advice: expect.stringContaining("VAULT_CACERT") });
    const folder = join(dirname(file), "authorities");
    mkdirSync(folder);
    expect(await read({ VAULT_CAPATH: folder })).toMatchObject({ failure: "unavailable" });
  });

  test("a file that is not there is named, with Node's code", async () => {
    const file = join(dirname(fileOf("x")), "none.pem");
    expect(await read({ VAULT_CACERT: file })).toEqual({
      failure: "unavailable",
      advice: expect.stringContaining(`\`tls.caFile\` (VAULT_CACERT), \`${file}\`, does not exist (ENOENT)`),
      native: { code: "ENOENT" },
    });
    expect(await read({ VAULT_CAPATH: file })).toMatchObject({
      advice: expect.stringContaining(`VAULT_CAPATH, or a file in it, \`${file}\`, does not exist`),
    });
  });

  test.each(["", "canary", "-----BEGIN CERTIFICATE-----\ncanary\n"])(
    "authorities that are none (%j) are said to be none, and their file is named",
    async (text) => {
      const file = fileOf(text);
      const said = await read({ VAULT_CACERT: file });
      expect(said).toEqual({
        failure: "unavailable",
        advice: expect.stringContaining(`\`${file}\`, holds no certificate in PEM form`),
      });
      expect(JSON.stringify(said)).not.toContain("canary");
    },
  );

  test("what holds a PEM and no certificate, and a client certificate that is none, are failures without a word of them", async () => {
    const broken = await read({
      VAULT_CACERT: fileOf("-----BEGIN CERTIFICATE-----\ncanary\n-----END CERTIFICATE-----"),
    });
    expect(broken).toMatchObject({ failure: "unavailable" });
    const client = { VAULT_CLIENT_CERT: fileOf(authority.ca), VAULT_CLIENT_KEY: fileOf("canary") };
    const unusable = await read({ VAULT_CACERT: fileOf(authority.ca), ...client });
    expect(unusable).toMatchObject({
      failure: "unavailable",
      advice: expect.stringContaining("`tls.keyFile` (VAULT_CLIENT_KEY)"),
    });
    expect(JSON.stringify([broken, unusable])).not.toContain("canary");
  });

  test("VAULT_SKIP_VERIFY believes anybody, and the process is warned of it, once for each connection", async () => {
    const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    expect(await read({ VAULT_SKIP_VERIFY: "true" })).toMatchObject({ version: "1" });
    expect(warn.mock.calls).toEqual([
      [
        expect.stringMatching(/certificate of the Vault server is NOT checked.*VAULT_CACERT/),
        { type: "SecretsourceWarning", code: "SECRETSOURCE_VAULT_SKIP_VERIFY" },
      ],
    ]);
    vaultKv({ address: "http://127.0.0.1:9", env: { VAULT_SKIP_VERIFY: "true" } });
    await read({ VAULT_CACERT: fileOf(authority.ca) });
    expect(warn).toHaveBeenCalledTimes(1);
  });
});
