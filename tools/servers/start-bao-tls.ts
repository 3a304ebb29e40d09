import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./free-port.ts";
import { demandInstalled } from "./installed.ts";
import { pythonProgram } from "./places.ts";
import { startProcess } from "./server-process.ts";
import { baoToken, type RunningServer } from "./start-server.ts";

export interface RunningTlsServer extends RunningServer {
  /** The authority of its certificate, PEM. */
  readonly ca: string;
}

/** OpenBao in development mode, over TLS with a certificate that it makes for itself. */
export async function startBaoTls(): Promise<RunningTlsServer> {
  demandInstalled();
  const folder = mkdtempSync(join(tmpdir(), "bao-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const port = await freePort();
  try {
    const server = await startProcess({
      name: "openbao over TLS",
      command: pythonProgram("bao"),
      args: [
        "server",
        "-dev",
        "-dev-tls",
        `-dev-tls-cert-dir=${folder}`,
        `-dev-root-token-id=${baoToken}`,
        `-dev-listen-address=127.0.0.1:${port}`,
      ],
      isReady: async (log) => log.includes("Root Token") || log.includes("Development mode should NOT"),
    });
    const stop = () => server.stop().finally(remove);
    const ca = readFileSync(join(folder, "vault-ca.pem"), "utf8");
    return { ...server, stop, port, url: `https://127.0.0.1:${port}`, ca, [Symbol.asyncDispose]: stop };
  } catch (error) {
    remove();
    throw error;
  }
}
