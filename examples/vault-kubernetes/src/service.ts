import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { createSecrets, type SecretsOptions } from "@secretsource/core";
import { vaultKv } from "@secretsource/provider-vault";
import { kubernetes } from "@secretsource/provider-vault/auth";

export interface Settings {
  readonly port: number;
  /** Of the store's Kubernetes login. */
  readonly role: string;
  /** Where the kubelet writes the token that the store shows to the cluster. */
  readonly tokenFile: string | undefined;
  readonly ttl: SecretsOptions["ttl"];
}

export interface Service {
  readonly server: Server;
  close(): Promise<void>;
}

/** Signs what it is asked for. Does not start without its key; a new version is taken while it runs. */
export async function startService({ port, role, tokenFile, ttl }: Settings): Promise<Service> {
  const secrets = createSecrets({ source: vaultKv({ login: kubernetes({ role, tokenFile }) }), ttl });
  const key = await secrets.watchSecret("orders/signing", { field: "key" });

  const server = createServer(({ url = "" }, response) => {
    if (url === "/livez") return void response.end("ok");
    if (url === "/healthz") {
      const { status } = secrets.health();
      return void response.writeHead(status === "failed" ? 503 : 200).end(status);
    }
    try {
      const { version = "none" } = key.current;
      response.setHeader("x-key-version", version);
      response.end(createHmac("sha256", key.current.reveal()).update(url).digest("hex"));
    } catch (error) {
      console.error("No signing key:", error);
      response.writeHead(503).end();
    }
  });
  await once(server.listen(port), "listening");

  return {
    server,
    async close() {
      server.close();
      server.closeIdleConnections();
      await once(server, "close");
      // The store's token is revoked.
      await secrets.close();
    },
  };
}
