import { printableName } from "../errors/printable-name.ts";
import { textTable } from "../errors/text-table.ts";
import { invalidOptions } from "../source-kit/invalid-options.ts";
import { copyOf } from "../source-kit/read-options.ts";
import { findLeaks, type Leak } from "./find-leaks.ts";
import { hearProcess } from "./hear-process.ts";
import { type PrintedForm, printedForms } from "./printed-forms.ts";
import { settlePromises } from "./settle-promises.ts";

/** Values that must not come out; with names, a leak is reported by the name. */
export type Canaries = readonly (string | Uint8Array)[] | Readonly<Record<string, string | Uint8Array>>;

const shortestCanary = 8;
const mostRows = 20;

/**
 * Runs `run` and searches for the canaries in everything that it printed (console, standard output and error), threw,
 * emitted (events of this library, warnings of the process) or returned: as it is, as JSON and as the inspector prints
 * it. A canary is found plainly, in base64, hex, URL and JSON escapes, in lists of bytes, split over lines, one inside of
 * another, and in pieces of eight bytes.
 *
 * ```ts
 * await assertLeaksNothing(["correct-horse-battery"], async () => {
 *   const secret = await secrets.getSecret("db");
 *   console.log("connecting with", secret);
 * });
 * ```
 *
 * What other tests of the process print meanwhile is searched too. Not seen: what a worker thread or a child process
 * prints, and what is printed after `run` has settled.
 *
 * @param canaries At least one, each of at least 8 bytes and unlike anything that may be printed.
 * @returns What `run` returns.
 * @throws Error that says where and in which form a canary was found, without the canary; else what `run` throws.
 */
export async function assertLeaksNothing<T>(canaries: Canaries, run: () => T | Promise<T>): Promise<T> {
  const named = readCanaries(canaries);
  const outputs = new Map<string, string[]>();
  const gather = (where: string, value: unknown) => {
    for (const { how, text } of printedForms(value)) note(outputs, where, how, text);
  };
  const silence = hearProcess(gather);
  let outcome: { readonly value: T } | { readonly error: unknown };
  try {
    outcome = await settled(run);
    // Warnings of the process come a little later.
    await settlePromises();
  } finally {
    silence();
  }
  if ("value" in outcome) gather("the returned value", outcome.value);
  else gather("the thrown error", outcome.error);
  const rows = [...outputs].flatMap(([place, texts]) => leaksAt(place, texts, named));
  if (rows.length > 0) throw leakError(rows);
  if ("value" in outcome) return outcome.value;
  throw outcome.error;
}

async function settled<T>(run: () => T | Promise<T>): Promise<{ readonly value: T } | { readonly error: unknown }> {
  try {
    return { value: await run() };
  } catch (error) {
    return { error };
  }
}

function note(outputs: Map<string, string[]>, where: string, how: PrintedForm["how"], text: string): void {
  const place = how === "" ? where : `${where}, ${how}`;
  const texts = outputs.get(place);
  if (texts === undefined) outputs.set(place, [text]);
  else texts.push(text);
}

function leaksAt(
  place: string,
  texts: readonly string[],
  canaries: ReadonlyMap<string, string | Uint8Array>,
): string[][] {
  // Also between what was written by one call and by the next.
  const output = texts.join("\n");
  return [...canaries].flatMap(([name, canary]) =>
    plainest(findLeaks(output, canary)).map(({ forms }) => [name, place, forms.toReversed().join(" in ")]),
  );
}

/** What is found as it is, is found again in much of what one can take the text for. */
function plainest(leaks: readonly Leak[]): Leak[] {
  const isPlain = ({ forms }: Leak) => forms[0] === "plain";
  const layers = Math.min(...leaks.map(({ forms }) => forms.length));
  return leaks.some(isPlain) ? leaks.filter(isPlain) : leaks.filter(({ forms }) => forms.length === layers);
}

function leakError(rows: readonly string[][]): Error {
  const shown = rows.slice(0, mostRows);
  const more = rows.length > mostRows ? `\n\n  and ${rows.length - mostRows} more` : "";
  const what = rows.length === 1 ? "a canary came out" : `canaries came out in ${rows.length} ways`;
  return new Error(`assertLeaksNothing: ${what}.\n\n${textTable(["canary", "where", "form"], shown)}${more}`);
}

/** @throws SecretsError `invalid-options` */
function readCanaries(canaries: unknown): ReadonlyMap<string, string | Uint8Array> {
  const named: [string, unknown][] = Array.isArray(canaries)
    ? canaries.map((canary: unknown, index) => [`canaries[${index}]`, canary])
    : Object.entries(copyOf(canaries) ?? {}).map(([name, canary]) => [printableName(name), canary]);
  if (named.length === 0)
    invalidOptions("assertLeaksNothing() takes a list of canaries, or an object of them by name.");
  for (const [, canary] of named) {
    const isLong =
      (typeof canary === "string" || canary instanceof Uint8Array) && Buffer.from(canary).length >= shortestCanary;
    if (!isLong) invalidOptions(`A canary must be text or bytes, ${shortestCanary} bytes at least.`);
  }
  return new Map(named as [string, string | Uint8Array][]);
}
