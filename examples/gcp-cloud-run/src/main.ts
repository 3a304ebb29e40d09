import { startService } from "./service.ts";

// Cloud Run says the port, and ends a container by SIGTERM.
const server = await startService(Number(process.env.PORT ?? 8080));
console.log("Listening");
process.once("SIGTERM", () => {
  server.close();
  server.closeIdleConnections();
});
