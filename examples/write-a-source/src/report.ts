import { stripVTControlCharacters } from "node:util";

export interface Report {
  /** One line about what happened; a line that is not `true` fails the program. */
  check(what: string, holds: boolean): void;
  /** How often one of the values was printed since the start, as text or in base64. */
  leaks(values: readonly string[]): number;
}

export function startReport(): Report {
  const printed: string[] = [];
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream);
    stream.write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
      printed.push(typeof chunk === "string" ? chunk : Buffer.from(chunk).toString());
      return Reflect.apply(write, stream, [chunk, ...rest]);
    };
  }
  return {
    check(what, holds) {
      console.log(`${holds ? "ok  " : "FAIL"} ${what}`);
      if (!holds) process.exitCode = 1;
    },
    leaks(values) {
      const all = stripVTControlCharacters(printed.join(""));
      const forms = values.flatMap((value) => [value, Buffer.from(value).toString("base64")]);
      return forms.filter((form) => all.includes(form)).length;
    },
  };
}
