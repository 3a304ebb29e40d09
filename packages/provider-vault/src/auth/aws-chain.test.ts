import { startWireServer } from "@secretsource/conformance/wire";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { connect } from "../../test/connect.ts";
import { temporaryFiles } from "../../test/temporary-files.ts";
import { awsIam } from "./index.ts";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.useRealTimers();
});

const answer = `<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <AssumeRoleWithWebIdentityResult><Credentials>
    <AccessKeyId>AKIDEXAMPLE</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
    <SessionToken>session</SessionToken><Expiration>2001-01-01T00:00:00Z</Expiration>
  </Credentials></AssumeRoleWithWebIdentityResult>
</AssumeRoleWithWebIdentityResponse>`;

/** A Vault that takes every AWS login, and an STS whose credentials are over at once, so that each login asks it. */
async function withSts() {
  const sts = await startWireServer(() => ({ headers: { "content-type": "text/xml" }, body: answer }));
  const files = temporaryFiles();
  const environment = {
    AWS_WEB_IDENTITY_TOKEN_FILE: files.fileOf("web-identity"),
    AWS_ROLE_ARN: "arn:aws:iam::123456789012:role/app",
    AWS_ENDPOINT_URL_STS: sts.url,
    AWS_REGION: "us-east-1",
    AWS_CONFIG_FILE: "/nonexistent/config",
    AWS_SHARED_CREDENTIALS_FILE: "/nonexistent/credentials",
    AWS_ACCESS_KEY_ID: undefined,
    AWS_PROFILE: undefined,
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const at = await connect({}, { login: awsIam({ mount: "anyone" }) });
  onTestFinished(async () => {
    await at[Symbol.asyncDispose]();
    await sts.close();
    files.remove();
  });
  return { ...at, sts };
}

test("a request to STS that gets no answer is sent again, and the login does not end with it", async () => {
  const { sts, read, login } = await withSts();
  await sts.inject("hang", { times: 1 });
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const reading = read();
  const { end } = await sts.request(1);
  await vi.advanceTimersByTimeAsync(2900);
  expect(sts.requests).toHaveLength(1);
  // With the SDK's own wait before its second try.
  const advance = () => vi.advanceTimersByTimeAsync(100).then(() => sts.requests.length);
  await expect.poll(advance, { interval: 10 }).toBe(2);
  expect(await end).toBe("cut");
  vi.useRealTimers();
  expect(await reading).toMatchObject({ status: 200 });
  expect([sts.requests.length, login.count]).toEqual([2, 1]);
});

test("an STS that cannot be reached is unavailable, and no reason to wait with the next login", async () => {
  const { sts, server, read } = await withSts();
  await sts.inject("down");
  expect(await read()).toMatchObject({ failure: "unavailable", advice: expect.stringContaining("STS") });
  expect(server.requests).toEqual([]);
  await sts.heal();
  expect(await read()).toMatchObject({ status: 200 });
});

test("a web identity that STS refuses is unauthenticated", async () => {
  const { sts, read } = await withSts();
  await sts.inject("unauthenticated");
  expect(await read()).toMatchObject({
    failure: "unauthenticated",
    advice: expect.stringContaining("AWS credentials"),
  });
});
