import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, chownSync, cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { demandInstalled } from "./installed.ts";
import { postgresFolder } from "./places.ts";
import { reservePort } from "./reserved-port.ts";
import { type ServerProcess, startProcess } from "./server-process.ts";

export interface RunningPostgres extends ServerProcess, AsyncDisposable {
  /** Starts it again after a kill, on the same port and data. */
  readonly restart: () => Promise<void>;
  readonly port: number;
  readonly user: "admin";
  readonly password: string;
}

const run = promisify(execFile);
// PostgreSQL refuses to run as root, and another user may not even reach the folder that this project lies in: then the
// programs are copied to where the data is.
const nobody = 65534;
const isRoot = process.getuid?.() === 0;

function asNobody(command: string, args: readonly string[]): { command: string; args: readonly string[] } {
  if (!isRoot) return { command, args };
  return { command: "setpriv", args: [`--reuid=${nobody}`, `--regid=${nobody}`, "--clear-groups", command, ...args] };
}

/** The real server, with its data in a temporary folder and a password of its own. */
export async function startPostgres(): Promise<RunningPostgres> {
  demandInstalled();
  const folder = mkdtempSync(join(tmpdir(), "postgres-"));
  const password = randomBytes(18).toString("base64url");
  const passwordFile = join(folder, "password");
  writeFileSync(passwordFile, password);
  chmodSync(passwordFile, 0o600);
  if (isRoot) for (const path of [folder, passwordFile]) chownSync(path, nobody, nobody);
  const data = join(folder, "data");
  const { port, release } = await reservePort();
  const remove = () => {
    release();
    rmSync(folder, { recursive: true, force: true });
  };
  const programs = isRoot ? join(folder, "postgres") : postgresFolder;
  try {
    if (isRoot) cpSync(postgresFolder, programs, { recursive: true, verbatimSymlinks: true });
    const make = asNobody(join(programs, "bin", "initdb"), [
      "-D",
      data,
      "-A",
      "scram-sha-256",
      "--username=admin",
      `--pwfile=${passwordFile}`,
    ]);
    await run(make.command, [...make.args]);
    const start = () =>
      startProcess({
        name: "postgres",
        ...asNobody(join(programs, "bin", "postgres"), [
          "-D",
          data,
          "-p",
          String(port),
          "-c",
          "listen_addresses=127.0.0.1",
          "-c",
          `unix_socket_directories=${folder}`,
        ]),
        isReady: async (log) => log.includes("ready to accept connections") && (await accepts(port)),
      });
    let server = await start();
    const stop = () => server.stop().finally(remove);
    const restart = async () => {
      server = await start();
    };
    const log = () => server.log();
    const kill = () => server.kill();
    return { log, kill, restart, stop, port, user: "admin", password, [Symbol.asyncDispose]: stop };
  } catch (error) {
    remove();
    throw error;
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}
