import { createHmac } from "node:crypto";
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { createSecrets, type Secrets } from "@secretsource/core";
import type { SourceScheme } from "@secretsource/core/source";
import { azureKeyVault } from "@secretsource/provider-azure";
import { tlsContext } from "./tls-context.ts";

interface Settings {
  readonly port: number;
  /** The secret of the certificate. Without one it is HTTP, for a proxy that ends TLS. */
  readonly certificate?: string | undefined;
  readonly schemes?: readonly SourceScheme[];
}

/**
 * A service that signs what it is sent. It reads its key and its certificate from wherever `SECRETSOURCE` says, and takes
 * new ones without a restart. It does not start without them.
 */
export async function startService({ port, certificate, schemes = [azureKeyVault] }: Settings): Promise<Server> {
  const secrets = createSecrets({ from: process.env.SECRETSOURCE, schemes });
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
  const current = await secrets.watchSecret(certificate, {
    as: "bytes",
    // A certificate that TLS cannot use is refused, and the one before stays.
    verify: (next) => void tlsContext(next.reveal()),
  });
  // With each connection, so that a new version needs no restart.
  return createSecureServer({ SNICallback: (_name, done) => done(null, tlsContext(current.current.reveal())) }, answer);
}
