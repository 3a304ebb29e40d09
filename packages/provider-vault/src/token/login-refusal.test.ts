import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import type { VaultAnswer } from "../answer/vault-answer.ts";
import { loginRefusal } from "./login-refusal.ts";

/** What is said of an answer to a login at `auth/MOUNT/login`. */
function said(method: string, status: number, error: string, mount = method) {
  const path = ["auth", mount, "login"];
  const body = { errors: [error] };
  const answer: VaultAnswer = {
    status,
    headers: {},
    text: JSON.stringify(body),
    body,
    asked: { path, namespace: "a" },
  };
  const failure = loginRefusal(answer, method, path);
  expect(inspect(failure, { depth: 9 })).not.toContain("canary");
  return failure;
}

const refused = (status: number, advice: RegExp) => ({
  failure: "unauthenticated",
  advice: expect.stringMatching(advice),
  native: { status },
});

const own = "userpass";
const all = ["approle", "kubernetes", "jwt", "aws", own];

describe.each(all)("%s", (method) => {
  test("a namespace that there is not is named", () => {
    expect(said(method, 404, "namespace not found")).toEqual(refused(404, /no namespace `a`: check `namespace`/));
  });

  test.each([
    [404, 'no handler for route "auth/x/login". route entry not found.'],
    [404, "unsupported path"],
    [400, "missing client token"],
  ])("a place where it is not mounted: %i %s", (status, error) => {
    expect(said(method, status, error, "x")).toEqual(
      refused(status, /^No \w+ login is mounted at auth\/x: .*mount.* namespace/),
    );
  });

  test("a 403 may mean so as well", () => {
    expect(said(method, 403, "permission denied", "x")).toEqual(
      refused(403, /login at auth\/x.*[Nn]othing is mounted/),
    );
  });

  test.each([
    [500, "local node not active but active cluster node not found", "unavailable"],
    [503, "Vault is sealed", "unavailable"],
    [429, "rate limit quota exceeded", "throttled"],
  ])("%i %s is no refusal", (status, error, failure) => {
    expect(said(method, status, error)).toMatchObject({ failure });
  });

  test("whatever else it refuses says where, and nothing of the server's text", () => {
    expect(said(method, 400, "canary")).toEqual(
      refused(400, new RegExp(`refuses the ${method} login at auth/${method}`)),
    );
  });
});

test.each([
  ["approle", 400, "invalid role or secret ID", /role id or the secret id is wrong.*`secret_id_ttl`.*new secret id/],
  ["approle", 400, "missing secret_id", /`secretId`, `secretIdFile` or `wrappedSecretId`/],
  ["approle", 400, 'source address "1.2.3.4" unauthorized by CIDR restrictions on the role: canary', /_cidrs`/],
  ["approle", 403, "permission denied", /locked the role id out.*15 minutes/],
  ["kubernetes", 400, 'invalid role name "canary"', /no such role: .*`vault list auth\/kubernetes\/role`/],
  ["kubernetes", 403, "service account name not authorized", /`bound_service_account_names`/],
  ["kubernetes", 403, "namespace not authorized", /`bound_service_account_namespaces`/],
  ["kubernetes", 500, "namespace not authorized", /`bound_service_account_namespaces`/],
  ["kubernetes", 403, "invalid audience (aud) claim: canary", /`audience`/],
  ["kubernetes", 403, "permission denied", /cluster.*TokenReview/],
  ["jwt", 400, 'role "canary" could not be found', /no such role: .*`vault list auth\/jwt\/role`/],
  ["jwt", 400, "error validating token: invalid expiration time (exp) claim: token is expired", /has expired/],
  ["jwt", 400, "error validating token: invalid subject (sub) claim", /`bound_subject`/],
  ["jwt", 400, "error validating token: invalid audience (aud) claim: canary", /`bound_audiences`/],
  ["jwt", 400, 'error validating claims: claim "canary" does not match any associated bound claim', /`bound_claims`/],
  ["jwt", 400, "error validating token: invalid issuer (iss) claim", /another issuer/],
  ["jwt", 400, "error validating token: failed to verify id token signature", /`oidc_discovery_url`/],
  ["aws", 400, 'entry for role "canary" not found', /no such role.*IAM/],
  ["aws", 400, 'IAM Principal "canary" does not belong to the role "canary"', /`bound_iam_principal_arn`/],
  ["aws", 400, 'error validating X-Vault-AWS-IAM-Server-ID header: missing header "X-Vault-AWS"', /`serverId`/],
  ["aws", 400, "error making upstream request: received error code 403 from STS: canary", /AWS does not take/],
] as const)("%s %i %s", (method, status, error, advice) => {
  expect(said(method, status, error)).toEqual(refused(status, advice));
});

test.each([
  "fetching keys oidc: get keys failed: 503 Service Unavailable canary",
  'fetching keys oidc: get keys failed Get "https://canary/keys": x509: certificate has expired or is not yet valid',
])("the keys of a JWT's issuer are out of reach: %s", (why) => {
  const text = `error validating token: error verifying token signature: ${why}`;
  expect(said("jwt", 400, text, "ci")).toEqual({
    failure: "unavailable",
    advice: expect.stringMatching(/cannot fetch the keys.*`vault read auth\/ci\/config`/),
    native: { status: 400 },
  });
});

test.each([
  ["approle", 400, "missing role"],
  ["jwt", 500, "missing role_id"],
  ["kubernetes", 500, "missing role_id"],
  ["aws", 400, "missing role"],
  ["aws", 400, "missing token"],
])("%s %i %s: another method's mount", (method, status, error) => {
  expect(said(method, status, error, "x")).toEqual(refused(status, /[Aa]nother method is mounted at auth\/x/));
});
