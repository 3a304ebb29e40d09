import type { SourceFailure } from "@secretsource/core/source";

/** What stands in a file that somebody mounts or writes: one line, without the blanks around it. */
export async function readCredential(
  path: string,
  what: string,
): Promise<{ readonly text: string; readonly failure?: undefined } | SourceFailure> {
  let text: string;
  try {
    const { readFile } = await import("node:fs/promises");
    text = (await readFile(path, "utf8")).trim();
  } catch {
    return { failure: "unavailable", advice: `The file of the ${what} cannot be read: is it mounted, may we read it?` };
  }
  if (text === "") return { failure: "unavailable", advice: `The file of the ${what} is empty.` };
  if (/[^\x21-\x7e]/.test(text)) return { failure: "unauthenticated", advice: `The file holds no ${what}.` };
  return { text };
}
