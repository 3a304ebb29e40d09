import "@secretsource/core";
import "@aws-sdk/client-secrets-manager";
