import { SecretManagerServiceClient } from "@google-cloud/secret-manager";
import { createSecrets } from "@secretsource/core";
import { gcpSecretManager } from "@secretsource/provider-gcp";
import { googleAuthLibrary, grpc } from "google-gax";

const project = "test-project";

/** The vendor's client as it is, at our service. */
export function bareClient(port: number): SecretManagerServiceClient {
  return new SecretManagerServiceClient({
    apiEndpoint: "127.0.0.1",
    port,
    sslCreds: grpc.credentials.createInsecure(),
    authClient: new googleAuthLibrary.PassThroughClient(),
  });
}

export async function bareRead(client: SecretManagerServiceClient, name: string): Promise<string> {
  const [{ payload }] = await client.accessSecretVersion({
    name: `projects/${project}/secrets/${name}/versions/latest`,
  });
  return Buffer.from(payload?.data ?? "").toString("utf8");
}

export function ourSource(port: number) {
  return gcpSecretManager({ projectId: project, endpoint: `http://127.0.0.1:${port}` });
}

export function ourSecrets(port: number) {
  return createSecrets({ source: ourSource(port) });
}
