import { extname } from "node:path";
import { displayName } from "../errors/display-name.ts";
import type { SourceFailure } from "../source/source-failure.ts";
import { textOf } from "./file-payload.ts";
import type { FileReader } from "./file-reader.ts";
import { obstacleFailure } from "./obstacle-failure.ts";
import { parseDotenv } from "./parse-dotenv.ts";
import { parseJsonEntries } from "./parse-json-entries.ts";
import type { ParsedEntries } from "./parsed-entries.ts";
import { readRegularFile } from "./read-regular-file.ts";
import { steadily } from "./steadily.ts";

export type KeyedFormat = "json" | "dotenv";

export interface KeyedFileOptions {
  readonly file: string;
  readonly format: KeyedFormat | undefined;
  readonly maxBytes: number;
}

/** Reads secrets from the entries of one file, all of it anew at every read: an answer never mixes two states of it. */
export function keyedFileReader(options: KeyedFileOptions): FileReader {
  const { file, maxBytes } = options;
  const format = options.format ?? (extname(file) === ".json" ? "json" : "dotenv");
  return (name, signal) =>
    steadily(signal, async () => {
      const reading = await readRegularFile(file, { maxBytes, signal });
      if (reading.obstacle === "changed") return "changed";
      if (reading.obstacle === "folder") return folderInPlace(file);
      if (reading.bytes === undefined) return obstacleFailure(reading.obstacle, displayName(file), maxBytes);
      const text = textOf(reading.bytes);
      if (text === undefined) return corrupt(file, "is not UTF-8 text: save it as UTF-8");
      const parsed = format === "json" ? parseJsonEntries(text) : parseDotenv(text);
      if (parsed.entries === undefined)
        return corrupt(file, `cannot be read as ${format}: ${complaint(parsed)}. Correct it there`);
      const payload = parsed.entries.get(name);
      return payload === undefined ? absent(file, name) : { payload };
    });
}

function folderInPlace(file: string): SourceFailure {
  return {
    failure: "unavailable",
    advice: `${displayName(file)} is a folder: give it by \`directory\`, not by \`file\`.`,
  };
}

function absent(file: string, name: string): SourceFailure {
  return {
    failure: "not-found",
    advice: `${displayName(file)} has no entry ${displayName(name)}: add it, or correct the secret's name.`,
  };
}

// A file that is just being written looks like this as well, which is why core may read it a second time.
function corrupt(file: string, what: string): SourceFailure {
  return { failure: "payload-corrupt", advice: `The file ${displayName(file)} ${what}.` };
}

function complaint(parsed: Exclude<ParsedEntries, { entries: ReadonlyMap<string, string> }>): string {
  const column = parsed.column === undefined ? "" : `, column ${parsed.column}`;
  return `line ${parsed.line}${column}: ${parsed.reason}`;
}
