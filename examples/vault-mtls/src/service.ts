import { once } from "node:events";
import { createServer, type Server } from "node:https";
import type { TLSSocket } from "node:tls";
import type { Secrets } from "@secretsource/core";
import { Certificate, proveCertificate, tlsOf } from "./certificate.ts";

export interface Service {
  readonly server: Server;
  close(): Promise<void>;
}

/**
 * HTTPS for clients that have a certificate of the same authority. Does not start without a certificate of its own, and
 * changes it while it runs.
 */
export async function startService(secrets: Secrets, port: number): Promise<Service> {
  const live = await secrets.watchSecret("certificate", {
    schema: Certificate,
    verify: (next) => proveCertificate(next.reveal()),
  });

  const server = createServer(
    { ...tlsOf(live.current.reveal()), requestCert: true, rejectUnauthorized: true, minVersion: "TLSv1.3" },
    ({ url, socket }, response) => {
      if (url === "/healthz") {
        const { status } = secrets.health();
        return void response.writeHead(status === "failed" ? 503 : 200).end(status);
      }
      response.end(`Hello, ${(socket as TLSSocket).getPeerCertificate().subject.CN}`);
    },
  );
  // Handshakes from now on have the new one; connections that are open go on with theirs.
  live.onRotate((next) => {
    server.setSecureContext(tlsOf(next.reveal()));
    console.log(`Certificate ${next.version}`);
  });
  await once(server.listen(port), "listening");

  return {
    server,
    async close() {
      server.close();
      server.closeIdleConnections();
      await once(server, "close");
      await secrets.close({ revoke: true });
    },
  };
}
