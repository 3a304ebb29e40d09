const dashboard = "see the AWS Health Dashboard (https://health.aws.amazon.com/health/status)";

/** The service says itself that it is its own fault. */
export function outOfOrderAdvice(name: string, host: string | undefined): string {
  if (name.startsWith("IDPCommunicationError")) {
    return "STS cannot reach the identity provider that issued the web identity token: check that the provider is up, and that its keys can be read from the internet.";
  }
  const shown = host === undefined ? "A service of AWS" : `\`${host}\``;
  return `${shown} is out of order, and there is nothing to do here but wait: ${dashboard}.`;
}

/** A status alone, which whoever stands in between answers as well. */
export function brokenGatewayAdvice(host: string | undefined): string {
  const shown = host === undefined ? "The service" : `\`${host}\``;
  return `${shown}, or a proxy before it, is out of order: ${dashboard}, and check the proxies on the way.`;
}

/** Quotas: https://docs.aws.amazon.com/general/latest/gr/asm.html and https://docs.aws.amazon.com/general/latest/gr/ssm.html. */
export function throttledAdvice(action = ""): string {
  const [service = ""] = action.split(":");
  const { quota, way } = quotas[service] ?? { quota: "", way: "have the quota raised (Service Quotas)" };
  return `All programs of the account in this region ask too often together${quota}: raise the \`ttl\`, see in CloudTrail who asks most, or ${way}.`;
}

const quotas: Readonly<Record<string, { readonly quota: string; readonly way: string }>> = {
  secretsmanager: {
    quota: " (the quota is 10,000 reads or 100 batches a second)",
    way: "have the quota raised (Service Quotas)",
  },
  ssm: {
    quota: " (the quota is 40 requests a second at first)",
    way: "switch on higher throughput in Parameter Store's settings",
  },
};
