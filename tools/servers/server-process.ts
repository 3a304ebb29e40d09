import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";

/** How a server is started, and how it is known to answer. */
export interface ServerStart {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** True once it answers; what it throws means not yet. */
  readonly isReady: (log: string) => Promise<boolean>;
}

export interface ServerProcess {
  /** All that it has printed. */
  readonly log: () => string;
  /** Ends exactly the processes that were started. */
  readonly stop: () => Promise<void>;
}

const readyWithinMs = 60_000;
const stopWithinMs = 5000;

/** Starts a server and waits until it answers; prints its log where it does not. */
export async function startProcess({ name, command, args, env, isReady }: ServerStart): Promise<ServerProcess> {
  // A group of its own, so that its children end with it.
  const child = spawn(command, args, {
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  let printed = "";
  const gather = (chunk: Buffer) => {
    printed += chunk.toString("utf8");
  };
  child.stdout.on("data", gather);
  child.stderr.on("data", gather);
  child.once("error", (error) => gather(Buffer.from(`${error.message}\n`)));
  const server = { log: () => printed, stop: () => stop(child) };
  const until = Date.now() + readyWithinMs;
  while (Date.now() < until && child.exitCode === null && child.pid !== undefined) {
    if (await isReady(printed).catch(() => false)) return server;
    await delay(100);
  }
  await server.stop();
  throw new Error(`${name} did not start. Its log:\n${printed}`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  process.kill(-child.pid, "SIGTERM");
  const late = setTimeout(() => child.pid && process.kill(-child.pid, "SIGKILL"), stopWithinMs);
  await ended;
  clearTimeout(late);
}
