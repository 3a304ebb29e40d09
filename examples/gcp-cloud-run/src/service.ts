import { createHmac } from "node:crypto";
import { createServer, type Server } from "node:http";
import { configureSecrets, watchSecret } from "@secretsource/core";
import { gcpSecretManager } from "@secretsource/provider-gcp";

/**
 * A service that signs what it is sent. It reads its key from wherever `SECRETSOURCE` says, and takes a rotated one without
 * a restart. It does not start without the key.
 */
export async function startService(port: number): Promise<Server> {
  const secrets = configureSecrets({ from: process.env.SECRETSOURCE, schemes: [gcpSecretManager] });
  const key = await watchSecret("myapp/signing-key");
  key.onRotate((next) => console.log(`The signing key is now version ${next.version ?? "unknown"}`));

  const server = createServer((request, response) => {
    // A restart mends no store: that a key is missing takes the container out of service, and does not end it.
    if (request.url === "/livez") return void response.end("ok");
    if (request.url === "/healthz") {
      const { status } = secrets.health();
      return void response.writeHead(status === "failed" ? 503 : 200).end(status);
    }
    try {
      const { version = "none" } = key.current;
      const signature = createHmac("sha256", key.current.reveal());
      response.writeHead(200, { "x-key-version": version }).end(signature.update(request.url ?? "").digest("hex"));
    } catch (error) {
      // Only after an hour without the store, or when the key was taken away.
      console.error("No signing key:", error);
      response.writeHead(503).end();
    }
  });
  server.once("close", () => void secrets.close());
  await new Promise<void>((resolve) => server.listen(port, resolve));
  return server;
}
