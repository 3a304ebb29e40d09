import { createHmac } from "node:crypto";
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { createSecureContext } from "node:tls";
import type { Secrets } from "@secretsource/core";
import { certificateOf } from "./certificate.ts";

interface Settings {
  readonly port: number;
  readonly secrets: Secrets;
  /** The secret of the certificate. Without one it is HTTP, for a proxy that ends TLS. */
  readonly certificate?: string | undefined;
}

/**
 * A service that signs what it is sent. It takes new versions of its key and of its certificate without a restart, and does
 * not start without them. It closes the secrets when it ends.
 */
export async function startService({ port, secrets, certificate }: Settings): Promise<Server> {
  const key = await secrets.watchSecret("myapp/signing-key");

  const answer: RequestListener = (request, response) => {
    if (request.url === "/healthz") {
      const { status } = secrets.health();
      return void response.writeHead(status === "failed" ? 503 : 200).end(status);
    }
    try {
      const signature = createHmac("sha256", key.current.reveal())
        .update(request.url ?? "")
        .digest("hex");
      response.writeHead(200, { "x-key-version": key.current.version ?? "none" }).end(signature);
    } catch (error) {
      // Only after an hour without the vault, or when the key was taken away.
      console.error("No signing key:", error);
      response.writeHead(503).end();
    }
  };

  const server = certificate === undefined ? createServer(answer) : await secured(secrets, certificate, answer);
  server.once("close", () => void secrets.close());
  await new Promise<void>((resolve) => server.listen(port, resolve));
  return server;
}

async function secured(secrets: Secrets, certificate: string, answer: RequestListener): Promise<Server> {
  const live = await secrets.watchSecret(certificate, {
    as: "bytes",
    // A certificate that TLS cannot use is refused, and the one before stays.
    verify: (next) => void createSecureContext(certificateOf(next.reveal())),
  });
  const server = createSecureServer(certificateOf(live.current.reveal()), answer);
  // For connections that come from now on. Those that are open go on as they are.
  live.onRotate((next) => server.setSecureContext(certificateOf(next.reveal())));
  return server;
}
