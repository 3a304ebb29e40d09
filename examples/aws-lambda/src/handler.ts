import { configureSecrets, getSecret } from "@secretsource/core";
import { awsSecretsManager } from "@secretsource/provider-aws";

// Once for each sandbox. No timer is left behind: a frozen sandbox does nothing, and a thawed one looks at the clock.
configureSecrets({ source: awsSecretsManager(), ttl: "1s" });

// Begun during the cold start, which has more processor than an invocation; the first invocation takes part in it. What
// comes of it is for nobody to keep: a sandbox that kept the failure of its start would fail for as long as it lives.
getSecret("production/shop/stripe").catch(() => {});

export async function handler(event: { readonly order: number }) {
  const key = await getSecret("production/shop/stripe");
  return { order: event.order, keyVersion: key.version, length: key.reveal().length };
}
