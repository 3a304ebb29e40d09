import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { createSecrets, type SecretsEvent } from "@secretsource/core";
import { vaultDatabase } from "@secretsource/provider-vault";
import { appRole } from "@secretsource/provider-vault/auth";
import { Database } from "./database.ts";

export interface Settings {
  readonly port: number;
  /** The role of the database engine. */
  readonly databaseRole: string;
  /** Without one, the token of `VAULT_TOKEN`. */
  readonly roleId: string | undefined;
  readonly secretIdFile: string | undefined;
}

export interface Service {
  readonly server: Server;
  close(): Promise<void>;
}

/** Does not start without a credential that the database takes. The address of the store is that of `VAULT_ADDR`. */
export async function startService({ port, databaseRole, roleId, secretIdFile }: Settings): Promise<Service> {
  const login = roleId === undefined ? undefined : appRole({ roleId, secretIdFile });
  const secrets = createSecrets({ source: vaultDatabase({ login }) });
  secrets.on(logged);
  const database = await Database.open(secrets, databaseRole);

  const server = createServer(async ({ url }, response) => {
    if (url === "/healthz") {
      const { status } = secrets.health();
      return void response.writeHead(status === "failed" ? 503 : 200).end(status);
    }
    try {
      const [row] = await database.query("SELECT current_user AS user, count(*)::int AS orders FROM orders");
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(row));
    } catch (error) {
      console.error("No answer of the database:", (error as Error).message);
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
      await database.close();
      // The user in the database ends now, and not with its lease.
      await secrets.close({ revoke: true });
    },
  };
}

function logged(event: SecretsEvent): void {
  if (event.type !== "loaded") console.log(event.type, "code" in event ? event.code : "");
}
