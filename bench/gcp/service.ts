import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

export interface Service {
  readonly port: number;
  /** How many calls have reached it. */
  calls(): Promise<number>;
  stop(): void;
}

/** The service in another process, so that its work is not counted as the client's. */
export async function startService(secrets: number, thinkingMs: number): Promise<Service> {
  const child = fork(join(import.meta.dirname, "serve.ts"), [String(secrets), String(thinkingMs)]);
  const { port = 0 } = await said(child);
  return {
    port,
    async calls() {
      const answer = said(child);
      child.send("calls");
      return (await answer).calls ?? 0;
    },
    stop: () => void child.kill(),
  };
}

async function said(child: ChildProcess): Promise<{ readonly port?: number; readonly calls?: number }> {
  const [message] = await once(child, "message");
  return message;
}
