// Imported on first use alone, so that the SDK is; and by names, so that a bundler can leave out its other commands.
export {
  BatchGetSecretValueCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
