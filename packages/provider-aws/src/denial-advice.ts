/** Actions whose names may stand in a message: those that a read needs. */
const actionPattern =
  /\bperform: (secretsmanager:(?:GetSecretValue|BatchGetSecretValue|DescribeSecret|ListSecrets)|ssm:(?:GetParameter|GetParameters|GetParametersByPath|DescribeParameters)|kms:(?:Decrypt|DescribeKey)|sts:(?:AssumeRole|AssumeRoleWithWebIdentity|TagSession))(?![A-Za-z])/;
const denyingPolicy =
  /explicit deny in an? (service control|resource control|permissions boundary|identity-based|resource-based|session|VPC endpoint) ?(?:policy)?/i;
const missingPolicy =
  /because no (service control|resource control|identity-based|resource-based|session|VPC endpoint) policy allows/i;

/** The action that the service says is missing, if it says so. */
export function deniedAction(text: string): string | undefined {
  return actionPattern.exec(text)?.[1];
}

/**
 * What to do about a denial, as far as the service tells
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html).
 */
export function denialAdvice(text: string, ourAction: string | undefined): string {
  const action = deniedAction(text) ?? ourAction;
  const grant = action === undefined ? "permission to read it" : `\`${action}\` on it`;
  const denying = denyingPolicy.exec(text)?.[1]?.toLowerCase();
  if (denying !== undefined) {
    return `An explicit deny in a policy (${denying}) refuses ${grant}: change that policy, since another grant does not help.`;
  }
  const missing = missingPolicy.exec(text)?.[1]?.toLowerCase();
  const where = missing === undefined ? "" : `; no policy (${missing}) does now`;
  return `Grant ${grant} to the identity that the program runs as${where}.`;
}
