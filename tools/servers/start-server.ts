import { demandInstalled } from "./installed.ts";
import { pythonProgram } from "./places.ts";
import { reservePort } from "./reserved-port.ts";
import { type ServerProcess, startProcess } from "./server-process.ts";

/** A server that runs on the loopback, with its data in memory. */
export interface RunningServer extends ServerProcess, AsyncDisposable {
  readonly port: number;
  readonly url: string;
  /** Where it speaks HTTPS: PEM of the authority of its certificate, and the certificate with its key. */
  readonly ca?: string;
  readonly tls?: { readonly key: string; readonly cert: string };
}

type Name = "moto" | "ministack" | "drongo";

interface Recipe {
  readonly program: string;
  readonly args: (port: number) => readonly string[];
  readonly env?: (port: number) => Readonly<Record<string, string>>;
  readonly isReady: (url: string, log: string) => Promise<boolean>;
}

const answers = async (url: string) => (await fetch(url)).status < 500;

const recipes: Readonly<Record<Name, Recipe>> = {
  /** AWS Secrets Manager and Parameter Store. */
  moto: {
    program: "moto_server",
    args: (port) => ["-H", "127.0.0.1", "-p", String(port)],
    isReady: (url) => answers(`${url}/moto-api/`),
  },
  /** The same, with EventBridge, SQS and KMS: a second opinion. Listens on every interface. */
  ministack: {
    program: "ministack",
    args: () => [],
    env: (port) => ({ GATEWAY_PORT: String(port) }),
    // It says so a little before it listens.
    isReady: async (url, log) => log.includes("Ready") && answers(url),
  },
  /** GCP Secret Manager, its REST surface. */
  drongo: {
    program: "drongo",
    args: (port) => ["server", "--host", "127.0.0.1", "--port", String(port)],
    isReady: (url) => answers(url),
  },
};

/** Starts a server on a free port. A missing one is an error with the command to run. */
export async function startServer(name: Name): Promise<RunningServer> {
  demandInstalled();
  const { program, args, env, isReady } = recipes[name];
  const { port, release } = await reservePort();
  const url = `http://127.0.0.1:${port}`;
  const server = await startProcess({
    name,
    command: pythonProgram(program),
    args: args(port),
    ...(env && { env: env(port) }),
    isReady: (log) => isReady(url, log),
  }).catch((error) => {
    release();
    throw error;
  });
  const stop = () => server.stop().finally(release);
  return { ...server, port, url, stop, [Symbol.asyncDispose]: stop };
}
