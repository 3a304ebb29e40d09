import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { vi } from "vitest";
import { findLeaks } from "../src/testing/find-leaks.ts";
import { printEveryWay } from "./print-every-way.ts";

/** No store, name or message of ours has any eight characters of it; every way of escaping changes it. */
export const canary = "kX7\"qz\\p+/é&R2%V9=w T4'b€N8🔑sH";

/** The same as bytes that are no text. */
export const canaryBytes = Buffer.concat([Buffer.from(canary), Buffer.from([0xff, 0xfe])]);

/** For places that take no quotes, blanks or backslashes: a variable, a line of a dotenv file, a connection string. */
export const plainCanary = "kX7qzpR2V9wT4bN8sHd5Jm";

// The bytes hold the text.
const searched = [canary, plainCanary];

/** A row of the table: gives away all that it returned, threw or heard. Throws where it could not do what it is for. */
export type Drive = () => unknown[] | Promise<unknown[]>;

const consoleMethods = ["log", "info", "warn", "error", "debug", "trace", "dir", "table", "group", "assert"] as const;

const mostShown = 5;

/** Everything that happened on any channel while it ran, searched for the canaries: what was found, and where. */
export async function leaksOf(drive: Drive): Promise<string[]> {
  const printed: string[] = [];
  const heard: unknown[] = [];
  const stopListening = listen(printed, heard);
  try {
    heard.push(...(await drive()));
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    stopListening();
  }
  const outputs = [...printed, ...heard.flatMap(printEveryWay)];
  const leaks = searched.flatMap((secret) => {
    const seen = new Map<string, number>();
    return [...new Set(outputs)].flatMap((output) =>
      findLeaks(output, secret, { seen }).map(({ forms }) => `${forms.join(" in ")}: ${output.slice(0, 300)}`),
    );
  });
  return leaks.slice(0, mostShown);
}

function listen(printed: string[], heard: unknown[]): () => void {
  const hear = (message: unknown) => void heard.push(message);
  const write = (chunk: unknown) => {
    printed.push(String(chunk));
    return true;
  };
  const spies = [
    vi.spyOn(process.stdout, "write").mockImplementation(write as never),
    vi.spyOn(process.stderr, "write").mockImplementation(write as never),
    ...consoleMethods.map((method) =>
      vi.spyOn(console, method).mockImplementation((...all: unknown[]) => void heard.push(...all)),
    ),
  ];
  process.on("warning", hear);
  process.on("unhandledRejection", hear);
  subscribe("secretsource:event", hear);
  return () => {
    for (const spy of spies) spy.mockRestore();
    process.off("warning", hear);
    process.off("unhandledRejection", hear);
    unsubscribe("secretsource:event", hear);
  };
}
