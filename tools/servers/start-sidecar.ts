import { rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { freePort } from "./free-port.ts";
import { pythonProgram } from "./places.ts";
import { startProcess } from "./server-process.ts";

export interface Sidecar extends AsyncDisposable {
  readonly address: string;
  readonly port: number;
  /** The path of its Unix socket. */
  readonly socket: string;
  /** The file that it writes its token to. */
  readonly sink: string;
  readonly stop: () => Promise<void>;
}

/** Starts the real `bao agent` or `bao proxy`, which logs in by the AppRole files in this folder. */
export async function startSidecar(
  kind: "agent" | "proxy",
  server: string,
  folder: string,
  port?: number,
): Promise<Sidecar> {
  const listens = port ?? (await freePort());
  const at = (name: string) => join(folder, `${kind}-${listens}-${name}`);
  const [socket, sink, configuration] = [at("socket"), at("token"), at("config.hcl")];
  rmSync(socket, { force: true });
  writeFileSync(
    configuration,
    `
vault { address = "${server}" }
auto_auth {
  method "approle" {
    config = {
      role_id_file_path = "${join(folder, "role-id")}"
      secret_id_file_path = "${join(folder, "secret-id")}"
      remove_secret_id_file_after_reading = false
    }
  }
  sink "file" { config = { path = "${sink}" } }
}
api_proxy { use_auto_auth_token = true }
cache {}
listener "tcp" { address = "127.0.0.1:${listens}"  tls_disable = true }
listener "unix" { address = "${socket}"  tls_disable = true }
`,
  );
  const process = await startProcess({
    name: `bao ${kind}`,
    command: pythonProgram("bao"),
    args: [kind, `-config=${configuration}`],
    isReady: async (log) =>
      log.includes("renewed auth token") || (log.includes("token written") && (await accepts(listens))),
  });
  const { stop } = process;
  return { address: `http://127.0.0.1:${listens}`, port: listens, socket, sink, stop, [Symbol.asyncDispose]: stop };
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const client = connect({ port, host: "127.0.0.1" });
    client.once("connect", () => resolve(true)).once("error", () => resolve(false));
    client.once("connect", () => client.destroy());
  });
}
