import { secretsHere } from "./secrets-here.ts";
import { startService } from "./service.ts";

const { PORT = "8080", CERTIFICATE: certificate } = process.env;
const server = await startService({ port: Number(PORT), secrets: secretsHere(), certificate });
console.log("Listening");
process.once("SIGTERM", () => {
  server.close();
  server.closeIdleConnections();
});
