import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
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
  /** Ends exactly the processes that were started. Idempotent. */
  readonly stop: () => Promise<void>;
  /** The same without giving it the time to do anything about it, as `kill -9` does. */
  readonly kill: () => Promise<void>;
}

type Guarded = ChildProcessByStdio<Writable, Readable, Readable>;

const guard = join(import.meta.dirname, "guard.ts");
const readyWithinMs = 60_000;
const stopWithinMs = 5000;

/** Starts a server and waits until it answers; shows its log where it does not. It ends with this process at the latest. */
export async function startProcess({ name, command, args, env, isReady }: ServerStart): Promise<ServerProcess> {
  const child = spawn(process.execPath, [guard, command, ...args], {
    // Whoever interrupts the tests leaves it to them to stop what they have started.
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  let printed = "";
  const gather = (chunk: Buffer) => {
    printed += chunk.toString("utf8");
  };
  child.stdout.on("data", gather);
  child.stderr.on("data", gather);
  child.stdin.on("error", () => {});
  child.once("error", (error) => gather(Buffer.from(`${error.message}\n`)));
  const server = { log: () => printed, stop: () => stop(child), kill: () => kill(child) };
  const until = Date.now() + readyWithinMs;
  while (Date.now() < until && isRunning(child)) {
    if (await isReady(printed).catch(() => false)) return server;
    await delay(100);
  }
  await server.stop();
  throw new Error(`${name} did not start. Its log:\n${printed}`);
}

function isRunning({ pid, exitCode, signalCode }: Guarded): boolean {
  return pid !== undefined && exitCode === null && signalCode === null;
}

async function stop(child: Guarded): Promise<void> {
  if (!isRunning(child)) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const late = setTimeout(() => child.stdin.destroy(), stopWithinMs);
  await ended;
  clearTimeout(late);
}

async function kill(child: Guarded): Promise<void> {
  if (!isRunning(child)) return;
  const ended = once(child, "exit");
  child.stdin.destroy();
  await ended;
}
