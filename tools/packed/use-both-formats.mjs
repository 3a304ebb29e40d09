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
