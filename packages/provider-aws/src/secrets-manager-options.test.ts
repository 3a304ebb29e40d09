import { isSecretsError } from "@secretsource/core";
import { expect, test } from "vitest";
import { awsSecretsManager } from "./index.ts";

const canary = "kX7qzpR2V9wT4bN8sHd5Jm";

function refusal(make: () => unknown): string {
  try {
    make();
  } catch (error) {
    if (isSecretsError(error) && error.code === "invalid-options") return error.message;
  }
  throw new Error("it was not refused as it ought to be");
}

test.each<[string, unknown]>([
  ["region", { region: `${canary} ` }],
  ["region", { region: 7 }],
  ["endpoint", { endpoint: `ftp://${canary}` }],
  ["endpoint", { endpoint: `https://user:${canary}@host` }],
  ["endpoint", { endpoint: `https://host/?token=${canary}` }],
  ["profile", { profile: "" }],
  ["useFipsEndpoint", { useFipsEndpoint: "true" }],
  ["credentials", { credentials: { accessKeyId: canary } }],
  ["client", { client: { send: () => {} } }],
  ["client", { client: { getSecretValue: () => {} } }],
  ["region", { client: { getSecretValue: 1, batchGetSecretValue: 1, describeSecret: 1 }, region: "eu-west-1" }],
  ["plain object", canary],
  ['no option "nonsense"', { nonsense: canary }],
  ["rotationDates", { rotationDates: canary }],
  [
    "plain object",
    {
      get region() {
        throw new Error(canary);
      },
    },
  ],
])("%s is refused in words that quote nothing", (words, options) => {
  const message = refusal(() => awsSecretsManager(options as never));
  expect(message).toContain(words);
  expect(message).not.toContain(canary);
});

test.each([
  "aws-secrets-manager",
  "aws-secrets-manager:eu-west-1",
  `aws-secrets-manager:?password=${canary}`,
  "aws-secrets-manager:?region=eu-west-1&region=eu-west-2",
  "aws-secrets-manager:?useFipsEndpoint=yes",
  "aws-secrets-manager:?region=EU",
  `aws-parameter-store:?region=${canary}`,
  `aws-secrets-manager:?region=a#${canary}`,
])("the URI %j is refused", (uri) => {
  expect(refusal(() => awsSecretsManager.fromUri(uri))).not.toContain(canary);
});

test.each([
  "aws-secrets-manager:",
  "aws-secrets-manager:?region=eu-west-1",
  "aws-secrets-manager:?region=us-gov-west-1&useFipsEndpoint=true&useDualstackEndpoint=false&profile=blue",
  "aws-secrets-manager:?endpoint=http%3A%2F%2F127.0.0.1%3A4566",
])("the URI %j makes a source", (uri) => {
  expect(awsSecretsManager.fromUri(uri)).toMatchObject({ specVersion: 1, kind: "aws-secrets-manager" });
});
