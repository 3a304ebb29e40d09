import { SecretManagerServiceClient } from "@google-cloud/secret-manager";
import { googleAuthLibrary, grpc } from "google-gax";
import { onTestFinished } from "vitest";

/** The SDK's client as a user makes one, in front of a fake; it ends with the test. */
export function usersClient({ port }: { readonly port: number }): SecretManagerServiceClient {
  const client = new SecretManagerServiceClient({
    apiEndpoint: "127.0.0.1",
    port,
    sslCreds: grpc.credentials.createInsecure(),
    authClient: new googleAuthLibrary.PassThroughClient(),
  });
  onTestFinished(() => client.close());
  return client;
}
