import { configureSecrets } from "@secretsource/core";
import { awsParameterStore, awsSecretsManager } from "@secretsource/provider-aws";
import { shopService } from "./service.ts";

// SECRETSOURCE=aws-secrets-manager:?region=eu-west-1 in production, file:./secrets on a laptop.
configureSecrets({
  from: process.env.SECRETSOURCE ?? "aws-secrets-manager:",
  schemes: [awsSecretsManager, awsParameterStore],
});
shopService().listen(Number(process.env.PORT ?? 8080));
