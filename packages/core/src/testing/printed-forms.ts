import { inspect } from "node:util";

/** One way in which a value may be printed. */
export interface PrintedForm {
  /** `""`: as it is. */
  readonly how: "" | "as text" | "as JSON" | "inspected";
  readonly text: string;
}

const thorough = {
  depth: 10,
  showHidden: true,
  maxArrayLength: null,
  maxStringLength: null,
  breakLength: Number.POSITIVE_INFINITY,
} as const;

const printers: readonly { readonly how: PrintedForm["how"]; readonly print: (value: unknown) => unknown }[] = [
  { how: "as text", print: String },
  { how: "as JSON", print: json },
  { how: "inspected", print: (value) => inspect(value, thorough) },
];

/** What loggers and consoles would make of a value. Never throws. */
export function printedForms(value: unknown): PrintedForm[] {
  if (typeof value === "string") return [{ how: "", text: value }];
  const forms: PrintedForm[] = value instanceof Uint8Array ? [{ how: "", text: Buffer.from(value).toString() }] : [];
  for (const { how, print } of printers) {
    try {
      const text = print(value);
      if (typeof text === "string") forms.push({ how, text });
    } catch {
      // Not every value can be printed in every way.
    }
  }
  return forms;
}

/** As far as JSON goes: what it refuses (circles, big integers) is left out or written in its own way. */
function json(value: unknown): string | undefined {
  const ancestors: unknown[] = [];
  return JSON.stringify(value, function (this: unknown, _key, member: unknown) {
    if (typeof member === "bigint") return String(member);
    if (typeof member !== "object" || member === null) return member;
    while (ancestors.length > 0 && ancestors.at(-1) !== this) ancestors.pop();
    if (ancestors.includes(member)) return undefined;
    ancestors.push(member);
    return member;
  });
}
