import { createHmac } from "node:crypto";
import { createServer, type Server } from "node:http";
import { getSecret } from "@secretsource/core";
import { z } from "zod";

const Database = z.object({ username: z.string(), password: z.string() });

/** Signs what it is sent, as the key is now; says who it would log in as. */
export function shopService(): Server {
  return createServer(async (request, response) => {
    try {
      const [key, database] = await Promise.all([
        getSecret("production/shop/signing-key"),
        getSecret("production/shop/db", { schema: Database }),
      ]);
      const signature = createHmac("sha256", key.reveal())
        .update(request.url ?? "")
        .digest("hex");
      response.end(JSON.stringify({ signature, keyVersion: key.version, user: database.reveal().username }));
    } catch (error) {
      // A sentence that says what to do, without a value.
      console.error(String(error));
      response.writeHead(503).end();
    }
  });
}
