import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { issueToken } from "./cluster.ts";
import { at, deployment, settings, textAt } from "./manifests.ts";

interface Projected {
  readonly path: string;
  readonly audience: string;
  readonly expirationSeconds: number;
}

/** What a kubelet does for the pod of the Deployment: its variables, and the token in its volume. */
export function startKubelet() {
  const root = mkdtempSync(join(tmpdir(), "vault-kubernetes-"));
  const pod = at(deployment, "spec.template.spec");
  const namespace = textAt(deployment, "metadata.namespace");
  const account = textAt(pod, "serviceAccountName");
  const projected = at(pod, "volumes.0.projected.sources.0.serviceAccountToken") as Projected;
  const file = join(root, textAt(pod, "containers.0.volumeMounts.0.mountPath"), projected.path);
  mkdirSync(dirname(file), { recursive: true });

  return {
    /** Of the ConfigMap. */
    env: settings,
    /** Where a path of the pod is on this machine. */
    pathOf: (path: string) => join(root, path),
    /** Where the probes ask. */
    probes: ["startupProbe", "livenessProbe", "readinessProbe"].map((probe) =>
      textAt(pod, `containers.0.${probe}.httpGet.path`),
    ),
    /** Puts another token into the place of the one before, and gives it. */
    writeToken(audience = projected.audience): string {
      const token = issueToken(namespace, account, audience, projected.expirationSeconds);
      writeFileSync(`${file}.new`, token);
      renameSync(`${file}.new`, file);
      return token;
    },
    [Symbol.dispose]: () => rmSync(root, { recursive: true }),
  };
}
