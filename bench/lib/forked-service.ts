import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";

export interface Service {
  readonly port: number;
  /** How often it was asked for something; what it counts is its own matter. */
  count(what: string): Promise<number>;
  stop(): void;
}

/** A service in another process, so that its work is not counted as the client's. */
export async function forkService(program: string, secrets: number, thinkingMs: number): Promise<Service> {
  const child = fork(program, [String(secrets), String(thinkingMs)]);
  const { port = 0 } = await said(child);
  return {
    port,
    async count(what) {
      const answer = said(child);
      child.send(what);
      return (await answer).count ?? Number.NaN;
    },
    stop: () => void child.kill(),
  };
}

async function said(child: ChildProcess): Promise<{ readonly port?: number; readonly count?: number }> {
  const [message] = await once(child, "message");
  return message;
}
