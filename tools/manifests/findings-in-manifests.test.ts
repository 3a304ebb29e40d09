import { describe, expect, it } from "vitest";
import { findingsInManifests } from "./index.ts";

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: orders
spec:
  replicas: 2
  selector:
    matchLabels: { app: orders }
  template:
    metadata:
      labels: { app: orders }
      annotations:
        example.com/any: "text"
    spec:
      containers:
        - name: orders
          image: example.com/orders
          env:
            - name: VERBOSE
              value: "yes"
          ports:
            - containerPort: 8080
          resources:
            limits: { memory: 256Mi }
      volumes:
        - name: token
          projected:
            sources:
              - serviceAccountToken: { path: token, audience: vault, expirationSeconds: 600 }
`;

async function findings(from = "", to = ""): Promise<string[]> {
  expect(deployment).toContain(from);
  const found = await findingsInManifests("d.yaml", deployment.replace(from, to));
  return found.map(({ at, what }) => `${at}  ${what}`);
}

describe("manifests", () => {
  it("finds nothing in a good one", async () => {
    expect(await findings()).toEqual([]);
  });

  it.each([
    [
      "at the top",
      "spec:\n  replicas",
      "extra: 1\nspec:\n  replicas",
      "d.yaml:5  extra: Deployment has no such field.",
    ],
    ["below", "replicas: 2", "replica: 2", "d.yaml:6  spec.replica: Deployment has no such field."],
    [
      "in a list",
      "image:",
      "imagePolicy:",
      "d.yaml:17  spec.template.spec.containers.0.imagePolicy: Deployment has no such field.",
    ],
    [
      "that is nested too deep",
      "audience: vault",
      "audiences: { a: 1 }",
      "d.yaml:29  spec.template.spec.volumes.0.projected.sources.0.serviceAccountToken.audiences: Deployment has no such field.",
    ],
  ])("names a field that nobody knows, %s", async (_where, from, to, finding) => {
    expect(await findings(from, to)).toEqual([finding]);
  });

  it.each([
    ["a text for a number", "replicas: 2", 'replicas: "2"', "d.yaml:6  spec.replicas: must be integer"],
    ["a number for a text", "name: orders\nspec", "name: 7\nspec", "d.yaml:4  metadata.name: must be string"],
    [
      "a bare boolean of YAML 1.1",
      '"yes"',
      "yes",
      "d.yaml:20  spec.template.spec.containers.0.env.0.value: must be string",
    ],
    [
      "an object for a list",
      "- containerPort",
      "  containerPort",
      "d.yaml:22  spec.template.spec.containers.0.ports: must be array",
    ],
    [
      "a field that is missing",
      "path: token, ",
      "",
      "d.yaml:29  spec.template.spec.volumes.0.projected.sources.0.serviceAccountToken: must have required property path",
    ],
  ])("names %s", async (_what, from, to, finding) => {
    expect(await findings(from, to)).toEqual([finding]);
  });

  it("names a quantity that is none", async () => {
    expect(await findings("256Mi", "lots")).toContain(
      'd.yaml:24  spec.template.spec.containers.0.resources.limits.memory: must match format "quantity"',
    );
  });

  it("names a kind without a schema, and what is no manifest", async () => {
    expect(await findings("kind: Deployment", "kind: Deploiment")).toEqual([
      "d.yaml:2  kind: There is no schema of Deploiment in apps/v1.",
    ]);
    expect(await findings("apiVersion", "apiVerison")).toEqual([
      "d.yaml:1  A manifest has an `apiVersion` and a `kind`.",
    ]);
    expect(await findings(deployment, "# nothing\n")).toEqual(["d.yaml  It holds no document."]);
  });

  it("names a key that is there twice", async () => {
    expect(await findings("replicas: 2", "replicas: 2\n  replicas: 3")).toEqual(["d.yaml:7  Map keys must be unique"]);
  });

  it("checks each document of a file, with its own lines", async () => {
    const account = "---\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  nmae: orders\n";
    expect(await findings(deployment, deployment + account)).toEqual([
      "d.yaml:34  metadata.nmae: ServiceAccount has no such field.",
    ]);
  });

  it("knows the kinds of Knative, which Cloud Run takes", async () => {
    const service = (field: string) =>
      `apiVersion: serving.knative.dev/v1\nkind: Service\nspec:\n  template:\n    spec:\n      containers:\n        - name: signer\n          ${field}: example.com/signer\n`;
    expect(await findings(deployment, service("image"))).toEqual([]);
    expect(await findings(deployment, service("imagee"))).toEqual([
      "d.yaml:8  spec.template.spec.containers.0.imagee: Service has no such field.",
    ]);
  });
});
