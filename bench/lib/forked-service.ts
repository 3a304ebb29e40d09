import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";

export interface Service {
  readonly port: number;
  /** Who issued its certificate, PEM; none where it speaks without TLS. */
  readonly ca?: string | undefined;
  /** How often it was asked for something; what it counts is its own matter. */
  count(what: string): Promise<number>;
  stop(): void;
}

interface Said {
  readonly port?: number;
  readonly ca?: string;
  readonly count?: number;
}

/** A service in another process, so that its work is not counted as the client's. */
export async function forkService(program: string, ...settings: readonly number[]): Promise<Service> {
  const child = fork(program, settings.map(String));
  const { port = 0, ca } = await said(child);
  return {
    port,
    ca,
    async count(what) {
      const answer = said(child);
      child.send(what);
      return (await answer).count ?? Number.NaN;
    },
    stop: () => void child.kill(),
  };
}

async function said(child: ChildProcess): Promise<Said> {
  const [message] = await once(child, "message");
  return message;
}
