import type { SourceFailure } from "@secretsource/core/source";
import { shownPath } from "../files/shown-path.ts";
import { unreadableFile } from "../files/unreadable-file.ts";

/** What stands in a file that somebody mounts or writes: one line, without the blanks around it. */
export async function readCredential(
  path: string,
  what: string,
): Promise<{ readonly text: string; readonly failure?: undefined } | SourceFailure> {
  let text: string;
  try {
    const { readFile } = await import("node:fs/promises");
    text = (await readFile(path, "utf8")).trim();
  } catch (error) {
    return unreadableFile(`The file of the ${what}`, path, error);
  }
  const file = `The file of the ${what}, ${shownPath(path)},`;
  if (text === "") return { failure: "unavailable", advice: `${file} is empty: look at what writes it.` };
  if (/[^\x21-\x7e]/.test(text)) return { failure: "unauthenticated", advice: `${file} holds something else.` };
  return { text };
}
