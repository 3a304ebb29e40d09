import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** A program of this project as a process of its own. */
export interface RunningProgram extends AsyncDisposable {
  /** The port that it printed. */
  readonly port: number;
  /** All that it has printed, its errors too. */
  readonly log: () => string;
  /** Asks it to end, as an orchestrator does, and gives its exit code. */
  readonly stop: () => Promise<number | null>;
}

const readyWithinMs = 30_000;

/**
 * Starts a TypeScript file and waits until it prints `Listening on PORT`. Of this process's variables it gets the search
 * path alone. It ends with this process at the latest.
 */
export async function startProgram(file: string, env: Readonly<Record<string, string>>): Promise<RunningProgram> {
  const { PATH = "" } = process.env;
  const child = spawn(process.execPath, [join(import.meta.dirname, "guard.ts"), process.execPath, file], {
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
    env: { PATH, PORT: "0", ...env },
  });
  child.stdin.on("error", () => {});
  const ended = once(child, "exit").then(([code]) => code as number | null);
  const kill = async () => {
    child.stdin.destroy();
    await ended;
  };
  let printed = "";
  const listening = new Promise<number>((resolve) => {
    for (const output of [child.stdout, child.stderr]) {
      output.on("data", (chunk: Buffer) => {
        printed += chunk.toString("utf8");
        const [, port] = /^Listening on (\d+)$/m.exec(printed) ?? [];
        if (port !== undefined) resolve(Number(port));
      });
    }
  });
  const late = AbortSignal.timeout(readyWithinMs);
  const port = await Promise.race([listening, ended.then(() => undefined), once(late, "abort").then(() => undefined)]);
  if (port === undefined) {
    await kill();
    throw new Error(`${file} did not start. It printed:\n${printed}`);
  }
  return {
    port,
    log: () => printed,
    stop() {
      child.kill("SIGTERM");
      return ended;
    },
    [Symbol.asyncDispose]: kill,
  };
}
