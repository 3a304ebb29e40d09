/** What the refusals of one login method mean. The servers' texts are looked through for what is known, and never shown. */
export interface RefusalWords {
  /** Whose option `mount` is. */
  readonly factory: string;
  /** By the server's text, whatever the status: it has changed between versions. */
  readonly known: readonly (readonly [RegExp, string])[];
  /** What the server needs for the login and does not come to: no refusal of ours. */
  readonly outage?: readonly [RegExp, string];
  /** Any other 400. */
  readonly otherwise: string;
  /** What a 403 may mean besides that nothing is mounted there. */
  readonly denied?: string;
}

const noRole = (factory: string, where: string) =>
  `there is no such role: check \`role\` of ${factory}; \`vault list ${where}/role\` shows those there are.`;

/** As Vault's and OpenBao's methods say it. @param where `auth/MOUNT` */
const methods: Readonly<Record<string, (where: string) => RefusalWords>> = {
  approle: (where) => ({
    factory: "appRole()",
    known: [
      [/missing secret_id/, "the role wants a secret id: give `secretId`, `secretIdFile` or `wrappedSecretId`."],
      [
        /unauthorized by CIDR/i,
        "the role or the secret id may not be used from this address: compare `secret_id_bound_cidrs` and `cidr_list`.",
      ],
    ],
    otherwise: `the role id or the secret id is wrong, or the secret id has expired (\`secret_id_ttl\`), is used up (\`secret_id_num_uses\`) or was destroyed. Compare the role id with \`vault read ${where}/role/ROLE/role-id\`, and make a new secret id: \`vault write -f ${where}/role/ROLE/secret-id\`.`,
    denied:
      "the server has locked the role id out after some refused logins (five, where nobody has set that otherwise): it then takes none for 15 minutes, not with the right secret id either",
  }),
  kubernetes: (where) => ({
    factory: "kubernetes()",
    known: [
      [/invalid role name|role .*not .*found/i, noRole("kubernetes()", where)],
      [
        /(?:service account name|namespace) not authorized/i,
        "the role does not take the pod's service account: compare its name and namespace with `bound_service_account_names` and `bound_service_account_namespaces` of the role.",
      ],
      [
        /audience/i,
        "the role is for tokens of another audience: compare its `audience` with that of the service account's token.",
      ],
    ],
    otherwise: "check the role, and that `tokenFile` has a service account's token.",
    denied: `the cluster does not know the service account's token (it has expired, or another cluster has made it), or the server cannot or may not ask the cluster (TokenReview): look at \`vault read ${where}/config\`, and at the server's log`,
  }),
  jwt: (where) => ({
    factory: "jwt()",
    outage: [
      /fetching keys|get keys failed/i,
      `The server cannot fetch the keys of the JWT's issuer: look whether \`oidc_discovery_url\` or \`jwks_url\` of \`vault read ${where}/config\` answers it.`,
    ],
    known: [
      [/role .*not .*found/i, noRole("jwt()", where)],
      [
        /token is expired|token not yet valid|\((?:exp|nbf|iat)\)/i,
        "the JWT has expired, or is not valid yet: whoever writes or gives it has to renew it. Look at the clocks too.",
      ],
      [
        /issuer|\(iss\)/i,
        `the JWT is of another issuer: compare its \`iss\` with \`bound_issuer\` of \`vault read ${where}/config\`.`,
      ],
      [
        /audience|subject|claim/i,
        "the JWT is not what the role is bound to: compare its `aud`, `sub` and claims with `bound_audiences`, `bound_subject` and `bound_claims` of the role.",
      ],
    ],
    otherwise: `the JWT is none, or none of the keys has signed it that the method trusts: compare its \`iss\` with \`oidc_discovery_url\`, \`jwks_url\` or \`jwt_validation_pubkeys\` of \`vault read ${where}/config\`.`,
  }),
  aws: (where) => ({
    factory: "awsIam()",
    known: [
      [
        /entry for role|role .*not .*found/i,
        `${noRole("awsIam()", where)} Without \`role\`, it is the name of the IAM role or user.`,
      ],
      [
        /server-id/i,
        "the signature is for another server: `serverId` of awsIam() has to be the method's `iam_server_id_header_value`.",
      ],
      [
        /does not belong to/i,
        "the role is bound to other AWS identities: compare `bound_iam_principal_arn` of the role with `aws sts get-caller-identity`.",
      ],
      [
        /upstream request|error code .*STS/i,
        `AWS does not take the signed request: the AWS credentials have expired or are wrong, the clock is, or \`stsEndpoint\` and \`region\` of awsIam() are not \`sts_endpoint\` and \`sts_region\` of \`vault read ${where}/config/client\`.`,
      ],
    ],
    otherwise: "check the role, what it is bound to (`bound_iam_principal_arn`), and the AWS credentials.",
  }),
};

/** Undefined for a method that somebody else wrote. */
export function refusalWords(method: string, where: string): RefusalWords | undefined {
  return Object.hasOwn(methods, method) ? methods[method]?.(where) : undefined;
}
