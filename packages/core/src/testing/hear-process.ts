import { subscribe, unsubscribe } from "node:diagnostics_channel";
import fs from "node:fs";
import { format } from "node:util";

/** Takes what was printed or emitted, and where. */
export type Hear = (where: string, value: unknown) => void;

const consoleMethods = [
  "log",
  "info",
  "warn",
  "error",
  "debug",
  "trace",
  "dir",
  "dirxml",
  "table",
  "group",
  "groupCollapsed",
  "assert",
] as const;

const hearing = new Set<Hear>();
let silence = () => {};

/**
 * Hears all that this process prints, and what the library and the process emit, until the result is called. What is
 * printed is printed all the same. Several may hear at the same time.
 */
export function hearProcess(hear: Hear): () => void {
  if (hearing.size === 0) silence = install();
  hearing.add(hear);
  return () => {
    if (hearing.delete(hear) && hearing.size === 0) silence();
  };
}

function tell(where: string, value: unknown): void {
  for (const hear of hearing) hear(where, value);
}

function install(): () => void {
  const onWarning = (warning: unknown) => tell("a warning of the process", warning);
  const onEvent = (event: unknown) => tell("an event of secretsource", event);
  const undo = [
    ...consoleMethods.map((method) =>
      wrap(globalThis.console, method, (args) => {
        const where = `console.${method}`;
        tell(where, format(...args));
        for (const value of args) tell(where, value);
      }),
    ),
    wrap(process.stdout, "write", ([chunk]) => tell("the standard output", chunk)),
    wrap(process.stderr, "write", ([chunk]) => tell("the standard error", chunk)),
    // Loggers that are in a hurry write to the descriptor.
    ...(["write", "writeSync"] as const).map((method) =>
      wrap(fs, method, ([descriptor, chunk]) => {
        if (descriptor === 1 || descriptor === 2) tell(`fs.${method} to descriptor ${descriptor}`, chunk);
      }),
    ),
  ];
  process.on("warning", onWarning);
  subscribe("secretsource:event", onEvent);
  return () => {
    for (const one of undo) one();
    process.off("warning", onWarning);
    unsubscribe("secretsource:event", onEvent);
  };
}

type Method = (this: unknown, ...args: unknown[]) => unknown;

function wrap<Name extends string>(target: Record<Name, unknown>, name: Name, before: (args: unknown[]) => void) {
  const own = Object.getOwnPropertyDescriptor(target, name);
  const original = target[name] as Method;
  const wrapper: Method = function (...args) {
    before(args);
    return original.apply(this, args);
  };
  target[name] = wrapper;
  return () => {
    // Somebody else has replaced it meanwhile, and will put it back.
    if (target[name] !== wrapper) return;
    if (own === undefined) delete target[name];
    else Object.defineProperty(target, name, own);
  };
}
