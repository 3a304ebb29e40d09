import assert from "node:assert/strict";
import { createSecrets, isSecretsError } from "@secretsource/core";
import { standIn } from "@secretsource/example-aws-stand-in";
import { awsParameterStore } from "@secretsource/provider-aws";
import { shopConfig } from "./config.ts";

const parameters = new Map([
  ["/production/shop/db/host", "db.internal"],
  ["/production/shop/db/port", "5432"],
  ["/production/shop/db/password", "correct horse"],
  ["/production/shop/feature/express-checkout", "on"],
]);
const aws = await standIn({
  GetParametersByPath: ({ Path }) => ({
    Parameters: [...parameters]
      .filter(([name]) => name.startsWith(`${Path}/`))
      .map(([Name, Value]) => ({ Name, Value, Type: "SecureString", Version: 1, LastModifiedDate: 1_790_000_000 })),
  }),
});
process.env.PORT = "8080";

{
  await using secrets = createSecrets({ source: awsParameterStore() });
  const { shop, port } = await shopConfig(secrets);
  const config = shop.reveal();
  console.log(`listening on ${port}, database ${config["db/host"]}:${config["db/port"]}, ${shop}`);
  assert.equal(config["db/port"], 5432);
  assert.deepEqual(aws.calls, ["GetParametersByPath"]);
}

parameters.delete("/production/shop/db/host");
parameters.set("/production/shop/db/password", "short");
{
  await using secrets = createSecrets({ source: awsParameterStore() });
  const error = await shopConfig(secrets).catch((thrown: unknown) => thrown);
  assert.ok(isSecretsError(error) && error.code === "invalid-config");
  console.log(`\n${error.message}`);
  assert.ok(error.message.includes("db/host") && !error.message.includes("short"));
}
aws.close();
