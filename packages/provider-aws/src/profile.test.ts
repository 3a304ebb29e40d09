import dns from "node:dns";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { ask } from "../test/ask.ts";
import { environment } from "../test/bare-environment.ts";
import { testCredentials } from "../test/json-service.ts";
import { withFake } from "../test/with-fake.ts";
import { withFakeParameters } from "../test/with-fake-parameters.ts";
import { awsParameterStore, awsSecretsManager } from "./index.ts";

afterEach(() => vi.unstubAllEnvs());

const stranger = { accessKeyId: "AKIDSOMEBODYELSE", secretAccessKey: "kT4bN8sHd5JmQy3Lf6Gc1UawJ7qXz0pRk2V9w" };
const keysOf = ({ accessKeyId, secretAccessKey }: typeof stranger) =>
  `aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;

/** Shared configuration files in which the keys of `production` alone are known to the fake at the URL. */
function sharedFiles(url: string, variables: Readonly<Record<string, string>> = {}, settings = settingsOf(url)): void {
  const folder = mkdtempSync(join(tmpdir(), "secretsource-profile-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const config = join(folder, "config");
  const credentials = join(folder, "credentials");
  writeFileSync(config, settings);
  writeFileSync(credentials, `[default]\n${keysOf(stranger)}\n[production]\n${keysOf(testCredentials)}`);
  environment({ AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: credentials, ...variables });
}

function settingsOf(url: string): string {
  const abroad = "region = us-east-2\nendpoint_url = http://127.0.0.1:9\n";
  const home = `region = eu-north-1\nendpoint_url = ${url}\n`;
  return `[default]\n${abroad}\n[profile production]\n${home}\n[profile keyless]\n${home}`;
}

/** Whose signature the last request bore, and for which region. */
function signerOf(requests: readonly { readonly headers: Readonly<Record<string, unknown>> }[]) {
  const { authorization } = requests.at(-1)?.headers ?? {};
  const [, key, region] = /Credential=([^/]+)\/\d+\/([^/]+)\//.exec(String(authorization)) ?? [];
  return { key, region };
}
const production = { key: testCredentials.accessKeyId, region: "eu-north-1" };

test("`profile` is where keys, region and endpoint come from, of both services", async () => {
  const { fake, server } = await withFake();
  fake.put("db", "1");
  sharedFiles(server.url);
  const source = awsSecretsManager({ profile: "production" });
  expect(await ask(source, "db")).toMatchObject({ payload: "1" });
  expect(signerOf(server.requests)).toEqual(production);
  await source.close?.();
  const parameters = await withFakeParameters();
  parameters.fake.put("/db", "2");
  sharedFiles(parameters.server.url);
  const other = awsParameterStore.fromUri("aws-parameter-store:?profile=production");
  expect(await ask(other, "/db")).toMatchObject({ payload: "2" });
  expect(signerOf(parameters.server.requests)).toEqual(production);
  await other.close?.();
});

test("AWS_PROFILE does the same, `profile` goes before it, and options before the profile's own", async () => {
  const { fake, server } = await withFake();
  fake.put("db", "1");
  sharedFiles(server.url, { AWS_PROFILE: "production" });
  const byVariable = awsSecretsManager();
  expect(await ask(byVariable, "db")).toMatchObject({ payload: "1" });
  expect(signerOf(server.requests)).toEqual(production);
  sharedFiles(server.url, { AWS_PROFILE: "default" });
  const byOption = awsSecretsManager({ profile: "production", region: "eu-west-3" });
  expect(await ask(byOption, "db")).toMatchObject({ payload: "1" });
  expect(signerOf(server.requests)).toEqual({ ...production, region: "eu-west-3" });
  await Promise.all([byVariable, byOption].map((source) => source.close?.()));
});

test("of the profile's services, the endpoint of the service goes before the general one, and a variable before both", async () => {
  const { fake, server } = await withFake();
  fake.put("db", "1");
  const production = "[profile production]\nregion = eu-north-1\nservices = shop\nendpoint_url = http://127.0.0.1:9\n";
  const services = (url: string) =>
    `[services shop]\nssm =\n  endpoint_url = http://127.0.0.1:9\nsecrets_manager =\n  endpoint_url = ${url}\n`;
  sharedFiles("", {}, `${production}\n${services(server.url)}`);
  expect(await ask(awsSecretsManager({ profile: "production" }), "db")).toMatchObject({ payload: "1" });
  const variables = { AWS_ENDPOINT_URL_SECRETS_MANAGER: server.url };
  sharedFiles("", variables, `${production}\n${services("http://127.0.0.1:9")}`);
  expect(await ask(awsSecretsManager({ profile: "production" }), "db")).toMatchObject({ payload: "1" });
  const ignored = { ...variables, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true" };
  sharedFiles("", ignored, `${production}\n${services(server.url)}`);
  const before = server.requests.length;
  // No name leads anywhere, whatever the network.
  const nowhere = (_name: string, _options: object, done: (error: Error) => void) =>
    done(Object.assign(new Error("getaddrinfo"), { code: "ENOTFOUND" }));
  vi.spyOn(dns, "lookup").mockImplementation(nowhere as never);
  onTestFinished(() => void vi.restoreAllMocks());
  expect(await ask(awsSecretsManager({ profile: "production" }), "db")).toMatchObject({
    failure: "unavailable",
    advice: expect.stringContaining("`secretsmanager.eu-north-1.amazonaws.com`"),
  });
  expect(server.requests).toHaveLength(before);
});

test("the keys of another profile are not known, and those of none are said to be missing", async () => {
  const { fake, server } = await withFake();
  fake.put("db", "1");
  sharedFiles(server.url);
  const wrong = awsSecretsManager({ profile: "default", endpoint: server.url });
  expect(await ask(wrong, "db")).toMatchObject({ failure: "unauthenticated" });
  expect(signerOf(server.requests)).toEqual({ key: stranger.accessKeyId, region: "us-east-2" });
  const before = server.requests.length;
  for (const profile of ["keyless", "misspelt"]) {
    const source = awsSecretsManager({ profile, endpoint: server.url, region: "eu-north-1" });
    const failure = await ask(source, "db");
    expect(failure).toMatchObject({
      failure: "unauthenticated",
      advice: expect.stringMatching(new RegExp(`^The profile \`${profile}\` is not there.*shared configuration files`)),
    });
    expect(JSON.stringify(failure)).not.toMatch(/secretsource-profile|wJ7qXz0p|kT4bN8sH/);
  }
  expect(server.requests).toHaveLength(before);
});

test("a profile that is not there is named also where the environment has keys, which the SDK then leaves out", async () => {
  const { server } = await withFake();
  // The SDK warns of the two.
  vi.spyOn(console, "warn").mockImplementation(() => {});
  onTestFinished(() => void vi.restoreAllMocks());
  const keys = {
    AWS_ACCESS_KEY_ID: testCredentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: testCredentials.secretAccessKey,
  };
  const options = { endpoint: server.url, region: "eu-north-1" };
  const named = {
    failure: "unauthenticated",
    advice: expect.stringMatching(/^The profile `nope` is not there.*not at environment variables/),
  };
  sharedFiles(server.url, keys);
  expect(await ask(awsSecretsManager({ ...options, profile: "nope" }), "db")).toMatchObject(named);
  sharedFiles(server.url, { ...keys, AWS_PROFILE: "nope" });
  expect(await ask(awsSecretsManager(options), "db")).toMatchObject(named);
  sharedFiles(server.url, { AWS_PROFILE: "kT4bN8sHd5\n" });
  const odd = await ask(awsSecretsManager(options), "db");
  expect(odd).toMatchObject({ advice: expect.stringMatching(/^The profile is not there/) });
  expect(JSON.stringify(odd)).not.toContain("kT4bN8sH");
  expect(server.requests).toEqual([]);
});
