import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

export interface Program extends AsyncDisposable {
  readonly url: string;
  /** Asks it to end, and gives its exit code. */
  stop(): Promise<number | null>;
}

/** The service as a process of its own, as it is in production. Resolves when its health is good. */
export async function startProgram(env: Readonly<Record<string, string>>): Promise<Program> {
  const port = await freePort();
  const { PATH } = process.env;
  const child = spawn(process.execPath, [new URL("../main.ts", import.meta.url).pathname], {
    env: { PATH, ...env, PORT: String(port) },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const url = `http://127.0.0.1:${port}`;
  const program = { url, stop: () => stop(child), [Symbol.asyncDispose]: async () => void child.kill("SIGKILL") };
  for (const until = Date.now() + 20_000; Date.now() < until && child.exitCode === null; await delay(50)) {
    if (
      await fetch(`${url}/healthz`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return program;
  }
  child.kill("SIGKILL");
  throw new Error("The service did not start.");
}

async function stop(child: ChildProcess): Promise<number | null> {
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const [code] = await ended;
  return code as number | null;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}
