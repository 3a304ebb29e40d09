import { Console } from "node:console";
import { Writable } from "node:stream";
import { format, inspect } from "node:util";
import { serialize } from "node:v8";

type Printer = (value: unknown) => unknown;

const thorough = { depth: 10, showHidden: true, maxArrayLength: null, maxStringLength: null } as const;

const printers: readonly Printer[] = [
  String,
  (value) => `${value}`,
  (value) => "".concat(value as string),
  (value) => JSON.stringify(value),
  (value) => JSON.stringify({ value }, undefined, 2),
  (value) => inspect(value),
  (value) => inspect(value, thorough),
  (value) => inspect(value, { ...thorough, getters: true }),
  (value) => inspect(value, { ...thorough, customInspect: false }),
  (value) => inspect(Object.getOwnPropertyDescriptors(value), thorough),
  (value) => inspect({ ...(value as object) }, thorough),
  (value) => inspect(Object.entries(value as object), thorough),
  (value) => inspect(structuredClone(value), thorough),
  (value) => serialize(value).toString("latin1"),
  (value) => format("%s %d %i %f %j %o %O", value, value, value, value, value, value, value),
  (value) => printedBy((console) => console.log(value)),
  (value) => printedBy((console) => console.dir(value, thorough)),
  (value) => printedBy((console) => console.table([value])),
  (value) => (value as Error).message,
  (value) => (value as Error).stack,
];

/** All that a program, a logger or a debugger would print of a value and of what caused it. Never throws. */
export function printEveryWay(value: unknown): string[] {
  const printed: string[] = [];
  for (const part of withCauses(value)) {
    for (const print of printers) {
      try {
        printed.push(String(print(part)));
      } catch {
        // Not every value can be printed in every way.
      }
    }
  }
  return printed;
}

function withCauses(value: unknown): unknown[] {
  const parts = new Set<unknown>([value]);
  for (const part of parts) {
    if (typeof part !== "object" || part === null) continue;
    if ("cause" in part) parts.add(part.cause);
    if (part instanceof AggregateError) for (const error of part.errors) parts.add(error);
  }
  return [...parts];
}

function printedBy(use: (console: Console) => void): string {
  let text = "";
  const stdout = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      done();
    },
  });
  use(new Console({ stdout, stderr: stdout }));
  return text;
}
