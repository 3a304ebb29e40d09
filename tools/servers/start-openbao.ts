import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { baoHealth } from "./bao-requests.ts";
import { demandInstalled } from "./installed.ts";
import { pythonProgram } from "./places.ts";
import { reservePort } from "./reserved-port.ts";
import { startProcess } from "./server-process.ts";
import type { RunningServer } from "./start-server.ts";

/** The real server in development mode: unsealed, with its data in memory. */
export interface RunningOpenBao extends RunningServer {
  /** Its root token. */
  readonly token: string;
}

/** What it is over HTTPS. */
export type SecureOpenBao = RunningOpenBao & Required<Pick<RunningServer, "ca" | "tls">>;

/** The token of every OpenBao in development mode. */
export const baoToken = "root";

/** Starts OpenBao; over HTTPS with a certificate of its own where `tls` is set, and then `ca` is the authority's. */
export function startOpenBao(options: { readonly tls: true }): Promise<SecureOpenBao>;
export function startOpenBao(options?: { readonly tls?: boolean }): Promise<RunningOpenBao>;
export async function startOpenBao({ tls = false } = {}): Promise<RunningOpenBao> {
  demandInstalled();
  const { port, release } = await reservePort();
  const folder = tls ? mkdtempSync(join(tmpdir(), "openbao-tls-")) : undefined;
  const address = `127.0.0.1:${port}`;
  const url = `${tls ? "https" : "http"}://${address}`;
  const server = await startProcess({
    name: "openbao",
    command: pythonProgram("bao"),
    args: [
      "server",
      "-dev",
      `-dev-root-token-id=${baoToken}`,
      `-dev-listen-address=${address}`,
      "-dev-no-store-token",
      ...(folder === undefined ? [] : ["-dev-tls", `-dev-tls-cert-dir=${folder}`]),
    ],
    isReady: async () => (await baoHealth(url)) === 200,
  }).catch((error) => {
    end();
    throw error;
  });

  function end(): void {
    release();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  }

  const stop = () => server.stop().finally(end);
  const pem = (name: string) => readFileSync(join(folder ?? "", `vault-${name}.pem`), "utf8");
  return {
    ...server,
    ...(folder !== undefined && { ca: pem("ca"), tls: { key: pem("key"), cert: pem("cert") } }),
    port,
    url,
    token: baoToken,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
