import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** A fake of AWS in a process of its own. */
export interface Service {
  /** For our sources and for clients of the SDK alike. */
  readonly settings: {
    readonly region: string;
    readonly endpoint: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  /** The calls since it was asked last, by operation. */
  takeCalls(): Promise<Readonly<Record<string, number>>>;
  /** From now on everything is answered with 503. */
  goDown(): Promise<void>;
  stop(): void;
}

/** @param delayMs How long the service takes to answer. */
export async function startService(delayMs = 0): Promise<Service> {
  const child = fork(join(import.meta.dirname, "fake-service.ts"), [String(delayMs)]);
  const { port } = (await answer(child)) as { readonly port: number };
  const order = async (what: "take-calls" | "go-down") => {
    child.send(what);
    return (await answer(child)) as Readonly<Record<string, number>>;
  };
  return {
    settings: {
      region: "eu-west-1",
      endpoint: `http://127.0.0.1:${port}`,
      credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "example" },
    },
    takeCalls: () => order("take-calls"),
    goDown: async () => void (await order("go-down")),
    stop: () => void child.kill(),
  };
}

async function answer(child: ChildProcess): Promise<unknown> {
  const [message] = (await once(child, "message")) as unknown[];
  return message;
}
