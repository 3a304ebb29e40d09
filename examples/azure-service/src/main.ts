import { startService } from "./service.ts";

const server = await startService({ port: Number(process.env.PORT ?? 8080), certificate: process.env.CERTIFICATE });
console.log("Listening");
process.once("SIGTERM", () => {
  server.close();
  server.closeIdleConnections();
});
