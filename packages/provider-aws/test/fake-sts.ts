import { startWireServer } from "@secretsource/conformance/wire";
import { testCredentials } from "./json-service.ts";

/** An STS that gives everybody the credentials of the tests (https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html). */
export function startFakeSts(expiration = "2100-01-01T00:00:00Z") {
  const { accessKeyId, secretAccessKey } = testCredentials;
  const role = "arn:aws:sts::123456789012:assumed-role/app/session";
  const body = `<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <AssumeRoleWithWebIdentityResult>
    <AssumedRoleUser><Arn>${role}</Arn><AssumedRoleId>AROATEST:session</AssumedRoleId></AssumedRoleUser>
    <Credentials>
      <AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>${secretAccessKey}</SecretAccessKey>
      <SessionToken>session</SessionToken><Expiration>${expiration}</Expiration>
    </Credentials>
  </AssumeRoleWithWebIdentityResult>
</AssumeRoleWithWebIdentityResponse>`;
  return startWireServer(() => ({ headers: { "content-type": "text/xml" }, body }));
}
