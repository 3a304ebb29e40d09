import { isSecretsError } from "@secretsource/core";
import { expect, test } from "vitest";
import { gcpSecretManager } from "./index.ts";

const canary = "kX7qzpR2V9wT4bN8sHd5Jm";

function refusal(make: () => unknown): string {
  try {
    make();
  } catch (error) {
    if (isSecretsError(error) && error.code === "invalid-options") return error.message;
  }
  throw new Error("it was not refused as it ought to be");
}

const client = {
  accessSecretVersion: () => {},
  getSecretVersion: () => {},
  listSecretVersions: () => {},
  getSecret: () => {},
};

test.each<[string, unknown]>([
  ["projectId", { projectId: `${canary} ` }],
  ["projectId", { projectId: "a/b" }],
  ["projectId", { projectId: 7 }],
  ["location", { location: "europe-west3/x" }],
  ["location", { location: "evil.example" }],
  ["newest", { newest: canary }],
  ["secretDetails", { secretDetails: "true" }],
  ["transport", { transport: "http" }],
  ["endpoint", { endpoint: `ftp://${canary}` }],
  ["endpoint", { endpoint: `https://user:${canary}@host` }],
  ["endpoint", { endpoint: `https://host/?token=${canary}` }],
  ["endpoint", { endpoint: `https://host/${canary}` }],
  ["endpoint", { endpoint: "127.0.0.1:8080" }],
  ["authClient", { authClient: { getAccessToken: () => canary } }],
  ["client", { client: { accessSecretVersion: () => {} } }],
  ["transport", { client, transport: "grpc" }],
  ["authClient", { client, authClient: { getRequestHeaders: async () => new Headers() } }],
  ["plain object", canary],
  ["there is no option", { credentials: canary }],
])("%s is refused in words that quote nothing", (words, options) => {
  const message = refusal(() => gcpSecretManager(options as never));
  expect(message).toContain(words);
  expect(message).not.toContain(canary);
});

test.each([
  "gcp-secret-manager",
  "gcp-secret-manager:my-project",
  `gcp-secret-manager:?password=${canary}`,
  "gcp-secret-manager:?projectId=a&projectId=b",
  "gcp-secret-manager:?secretDetails=yes",
  "gcp-secret-manager:?newest=last",
  `gcp:?projectId=${canary}`,
])("the URI %j is refused", (uri) => {
  expect(refusal(() => gcpSecretManager.fromUri(uri))).not.toContain(canary);
});

test.each([
  "gcp-secret-manager:",
  "gcp-secret-manager:?projectId=my-project",
  "gcp-secret-manager:?projectId=example.com:my-project&location=europe-west3&newest=enabled&secretDetails=true",
  "gcp-secret-manager:?endpoint=http%3A%2F%2F127.0.0.1%3A4566&transport=rest",
])("the URI %j makes a source", (uri) => {
  expect(gcpSecretManager.fromUri(uri)).toMatchObject({ specVersion: 1, kind: "gcp-secret-manager" });
});
