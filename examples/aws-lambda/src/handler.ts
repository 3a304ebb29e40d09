import { configureSecrets, getSecret } from "@secretsource/core";
import { awsSecretsManager } from "@secretsource/provider-aws";

// Once for each sandbox. No timer is left behind: a frozen sandbox does nothing, and a thawed one looks at the clock.
configureSecrets({ source: awsSecretsManager(), ttl: "1s" });

// Begun during the cold start, which has more processor than an invocation; the first invocation awaits it.
const first = getSecret("production/shop/stripe");
first.catch(() => {});

export async function handler(event: { readonly order: number }) {
  await first;
  const key = await getSecret("production/shop/stripe");
  return { order: event.order, keyVersion: key.version, length: key.reveal().length };
}
