import { resolve } from "node:path";
import { invalidOptions } from "../source-kit/invalid-options.ts";
import { readOptions } from "../source-kit/read-options.ts";
import type { KeyedFormat } from "./keyed-file-reader.ts";

const defaultMaxBytes = 1024 * 1024;
const mostMaxBytes = 64 * 1024 * 1024;

/** Secrets in the files below a folder: Docker and Kubernetes secrets, a folder of a laptop. */
export interface FolderOptions {
  /** The folder; relative to the working directory at the time of the call. */
  readonly directory: string;
  /** Drops one line end (`\n` or `\r\n`) at the end of a file. Default: true. */
  readonly stripFinalNewline?: boolean | undefined;
  /** The largest file, and the largest volume read as a set; bytes, 1 to 67,108,864. Default: 1,048,576 (1 MiB). */
  readonly maxBytes?: number | undefined;
  readonly file?: undefined;
}

/** Secrets in the entries of one file. */
export interface OneFileOptions {
  /** The file; relative to the working directory at the time of the call. */
  readonly file: string;
  /** Default: `json` for a file whose name ends in `.json`, else `dotenv`. */
  readonly format?: KeyedFormat | undefined;
  /** The largest file; bytes, 1 to 67,108,864. Default: 1,048,576 (1 MiB). */
  readonly maxBytes?: number | undefined;
  readonly directory?: undefined;
}

export type FileOptions = FolderOptions | OneFileOptions;

/** Options that are checked and complete. */
export type FileSettings =
  | { readonly directory: string; readonly stripFinalNewline: boolean; readonly maxBytes: number }
  | { readonly file: string; readonly format: KeyedFormat | undefined; readonly maxBytes: number };

/** @throws SecretsError `invalid-options` */
export function fileSettings(options: unknown): FileSettings {
  if (options === undefined || typeof options === "string") return needsPath();
  const what = "The options of fileSource";
  const given = readOptions(options, ["directory", "file", "stripFinalNewline", "format", "maxBytes"], what);
  const maxBytes = checkedMaxBytes(given.maxBytes);
  if (given.directory !== undefined && given.file !== undefined) {
    return invalidOptions("fileSource takes `directory` or `file`, not both.");
  }
  if (given.file !== undefined) {
    if (given.stripFinalNewline !== undefined)
      return invalidOptions("`stripFinalNewline` goes with `directory` alone.");
    return { file: checkedPath(given.file, "file"), format: checkedFormat(given.format), maxBytes };
  }
  if (given.directory === undefined) return needsPath();
  const directory = checkedPath(given.directory, "directory");
  if (given.format !== undefined) return invalidOptions("`format` goes with `file` alone.");
  const { stripFinalNewline = true } = given;
  if (typeof stripFinalNewline !== "boolean") return invalidOptions("`stripFinalNewline` must be true or false.");
  return { directory, stripFinalNewline, maxBytes };
}

function needsPath(): never {
  return invalidOptions('fileSource needs `{ directory: "./secrets" }` or `{ file: "./secrets.json" }`.');
}

/** The absolute path, so that a later change of the working directory changes nothing. */
export function checkedPath(path: unknown, option: string): string {
  if (typeof path === "string" && path !== "" && !path.includes("\0")) return resolve(path);
  return invalidOptions(`\`${option}\` of fileSource must be a path, such as "./secrets".`);
}

export function checkedFormat(format: unknown): KeyedFormat | undefined {
  if (format === undefined || format === "json" || format === "dotenv") return format;
  return invalidOptions('`format` of fileSource must be "json" or "dotenv".');
}

export function checkedMaxBytes(maxBytes: unknown): number {
  if (maxBytes === undefined) return defaultMaxBytes;
  if (typeof maxBytes === "number" && Number.isInteger(maxBytes) && maxBytes >= 1 && maxBytes <= mostMaxBytes) {
    return maxBytes;
  }
  return invalidOptions(`\`maxBytes\` of fileSource must be a whole number from 1 to ${mostMaxBytes}.`);
}
