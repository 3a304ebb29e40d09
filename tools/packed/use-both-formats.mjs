// Runs in a project that has the packages installed, under each supported Node.
import assert from "node:assert/strict";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const namesOf = (module) => Object.keys(module).sort();

for (const { specifier, values } of JSON.parse(process.argv[2])) {
  const wanted = values.toSorted();
  assert.deepEqual(namesOf(await import(specifier)), wanted, `what \`import "${specifier}"\` gives`);
  assert.deepEqual(namesOf(require(specifier)), wanted, `what \`require("${specifier}")\` gives`);
}

const name = "@secretsource/core";
const copies = [await import(name), require(name)];
const [first, second] = copies;
assert.notEqual(first.getSecret, second.getSecret, "the two formats are two copies");

for (const { createSecrets, memorySource } of copies) {
  const secrets = createSecrets({ source: memorySource({ token: "value" }) });
  assert.equal((await secrets.getSecret("token")).reveal(), "value");
  await secrets.close();
}

delete process.env.SECRETSOURCE;
for (const [thrower, catcher] of [copies, copies.toReversed()]) {
  const error = await thrower.getSecret("token").catch((reason) => reason);
  assert.equal(error.code, "not-configured");
  assert.ok(catcher.isSecretsError(error), "one copy recognises the errors of the other");
}

first.configureSecrets({ source: first.memorySource({ token: "shared" }) });
assert.equal((await second.getSecret("token")).reveal(), "shared", "what one copy configures, the other uses");
assert.throws(
  () => second.configureSecrets({ source: second.memorySource({}) }),
  (error) => first.isSecretsError(error) && error.code === "invalid-options",
);

// What the first call of a source loads is in the package, and is found by either format.
const nobody = "http://127.0.0.1:9";
const nobodysVault = "https://127.0.0.1:9";
const refusedWith = (code) => async () => {
  throw Object.assign(new Error("Refused"), { code });
};
const refused = refusedWith("ECONNREFUSED");
// As gRPC counts.
const unavailable = refusedWith(14);
const awsOptions = {
  region: "eu-west-1",
  endpoint: nobody,
  credentials: { accessKeyId: "none", secretAccessKey: "none" },
};
const clientOf = (...methods) => Object.fromEntries(methods.map((method) => [method, refused]));
const secretManager = {
  accessSecretVersion: unavailable,
  getSecretVersion: unavailable,
  listSecretVersions: unavailable,
  getSecret: unavailable,
};
const secretsManager = clientOf("getSecretValue", "batchGetSecretValue", "describeSecret");
const parameterStore = clientOf("getParameter", "getParameters", "getParametersByPath", "describeParameters");
const keyVault = {
  ...clientOf("getSecret", "listPropertiesOfSecretVersions", "getDeletedSecret"),
  vaultUrl: nobodysVault,
};

function awsSources({ awsParameterStore, awsSecretsAgent, awsSecretsManager }) {
  return [
    awsSecretsManager(awsOptions),
    awsSecretsManager({ client: secretsManager }),
    awsParameterStore(awsOptions),
    awsParameterStore({ client: parameterStore }),
    awsSecretsAgent({ url: nobody, token: () => "none" }),
  ];
}

function azureSources({ azureKeyVault }) {
  const credential = { getToken: refused };
  return [azureKeyVault({ vault: nobodysVault, credential }), azureKeyVault({ client: keyVault })];
}

function gcpSources({ gcpSecretManager }) {
  const projectId = "nobodys";
  return [
    gcpSecretManager({ projectId, endpoint: nobody }),
    gcpSecretManager({ projectId, endpoint: nobody, transport: "rest" }),
    gcpSecretManager({ projectId, client: secretManager }),
  ];
}

function vaultSources({ vaultDatabase, vaultKv }) {
  const options = { address: nobody, env: { VAULT_TOKEN: "none" } };
  // The logins of a URI are an entry of their own, which the first call loads too.
  const uri = `vault-kv:?address=${encodeURIComponent(nobody)}&login=token-file&file=none`;
  return [vaultKv(options), vaultDatabase(options), vaultKv.fromUri(uri)];
}

for (const [name, sourcesOf] of [
  ["@secretsource/provider-aws", awsSources],
  ["@secretsource/provider-azure", azureSources],
  ["@secretsource/provider-gcp", gcpSources],
  ["@secretsource/provider-vault", vaultSources],
]) {
  for (const source of [...sourcesOf(await import(name)), ...sourcesOf(require(name))]) {
    const context = { signal: AbortSignal.timeout(30_000), bypassCaches: false };
    const answer = await source.read({ name: "db", version: "current" }, context);
    assert.equal(answer.failure, "unavailable", `a read of ${source.kind} from where nobody is: ${answer.advice}`);
    await source.close?.();
  }
}
