import { displayName } from "../errors/display-name.ts";
import type { SecretRecord } from "../source/secret-record.ts";
import type { SourceFailure } from "../source/source-failure.ts";
import { systemClock } from "../time/system-clock.ts";
import type { FileReader } from "./file-reader.ts";
import type { FileUriSettings } from "./file-uri.ts";
import { FileWatcher } from "./file-watcher.ts";
import { folderReader } from "./folder-reader.ts";
import { keyedFileReader } from "./keyed-file-reader.ts";
import { pathReader } from "./path-reader.ts";
import { readFiles } from "./read-files.ts";
import { secretPath } from "./secret-path.ts";
import { ownPath, undecidedPath, type WatchedPath } from "./watched-path.ts";

interface Plan {
  readonly read: FileReader;
  /** What is watched for a secret. */
  readonly where: (name: string) => WatchedPath | Promise<WatchedPath>;
  /** What a message calls the files. */
  readonly shown: string;
}

/** Reads and watches the files of one source. */
export class FileAccess {
  readonly #plan: Plan;
  readonly #watcher = new FileWatcher(systemClock);

  constructor(settings: FileUriSettings) {
    this.#plan = planOf(settings);
  }

  read(name: string, signal: AbortSignal): Promise<SecretRecord | SourceFailure> {
    const { read, shown } = this.#plan;
    return readFiles(signal, shown, () => read(name, signal));
  }

  watch(name: string, changed: () => void, signal: AbortSignal): Promise<void> {
    return this.#watcher.watch(() => this.#plan.where(name), changed, signal);
  }
}

function planOf(settings: FileUriSettings): Plan {
  if ("directory" in settings) {
    const { directory } = settings;
    const where = (name: string) => pathBelow(directory, name);
    return { read: folderReader(settings), where, shown: belowShown(directory) };
  }
  if ("file" in settings) {
    const { file } = settings;
    return { read: keyedFileReader(settings), where: () => ownPath(file), shown: displayName(file) };
  }
  const { path, maxBytes } = settings;
  const folder = () => folderReader({ directory: path, stripFinalNewline: true, maxBytes });
  const file = () => keyedFileReader({ file: path, format: undefined, maxBytes });
  const where = (name: string) => undecidedPath(path, pathBelow(path, name));
  return { read: pathReader(path, folder, file), where, shown: belowShown(path) };
}

/** The folder alone, for a name that is no path below it: no read will find it either. */
function pathBelow(folder: string, name: string): WatchedPath {
  const segments = secretPath(name);
  return { folder, segments: "failure" in segments ? [] : segments };
}

function belowShown(path: string): string {
  return `${displayName(path)}, or what lies below it,`;
}
