import { displayName } from "../errors/display-name.ts";
import { unsupportedVersion } from "../policy/supports.ts";
import type { SecretSource } from "../source/secret-source.ts";
import type { SourceScheme } from "../source/source-scheme.ts";
import type { SourceTraits } from "../source/source-traits.ts";
import { systemClock } from "../time/system-clock.ts";
import { type FileOptions, type FileSettings, fileSettings } from "./file-options.ts";
import type { FileReader } from "./file-reader.ts";
import { fileUriSettings } from "./file-uri.ts";
import { FileWatcher } from "./file-watcher.ts";
import { folderReader } from "./folder-reader.ts";
import { fsFailure } from "./fs-failures.ts";
import { keyedFileReader } from "./keyed-file-reader.ts";
import { pathReader } from "./path-reader.ts";
import { readFiles } from "./read-files.ts";
import { secretPath } from "./secret-path.ts";
import { ownPath, undecidedPath, type WatchedPath } from "./watched-path.ts";

export interface FileSourceFactory extends SourceScheme {
  /**
   * Secrets from files.
   *
   * With `directory`, a secret's name is the path of its file below it; text where the file is UTF-8, else bytes. No
   * path and no symbolic link leads out of the folder. In a volume (a folder with a `..data` link, as Kubernetes mounts
   * its secrets) the version is that link's target, and the name of the volume itself is one secret: JSON text of all
   * its keys, never of two swaps.
   *
   * With `file`, a secret's name is the name of an entry of one JSON object (strings as they are, other values as their
   * JSON text) or one dotenv file.
   *
   * Only an absent secret is `not-found`: a missing folder or file is `unavailable`, one that may not be read
   * `access-denied`, a path that leaves the folder `invalid-request`, a pipe, a device or a file over `maxBytes`
   * `unsupported`, broken JSON or dotenv `payload-corrupt`.
   *
   * Watched secrets are followed by the system's events for their folders, and by the instance's refreshes where there
   * are none (network file systems, a file that a link of your own leads to).
   *
   * @throws SecretsError `invalid-options`
   */
  (options: FileOptions): SecretSource;
  readonly scheme: "file";
  /** `file:./secrets`: a folder or a file, as the first read finds it. `?format=json|dotenv`: a file. */
  fromUri(text: string): SecretSource;
}

export const fileSource: FileSourceFactory = /* @__PURE__ */ Object.assign(
  (options: FileOptions) => sourceOf(readerOf(fileSettings(options))),
  { scheme: "file" as const, fromUri },
);

function fromUri(text: string): SecretSource {
  const settings = fileUriSettings(text);
  if (!("path" in settings)) return sourceOf(readerOf(settings));
  const { path, maxBytes } = settings;
  const folder = () => folderReader({ directory: path, stripFinalNewline: true, maxBytes });
  const file = () => keyedFileReader({ file: path, format: undefined, maxBytes });
  const where = (name: string) => undecidedPath(path, pathBelow(path, name));
  return sourceOf({ read: pathReader(path, folder, file), where, shown: belowShown(path), binary: true });
}

interface Plan {
  readonly read: FileReader;
  /** What is watched for a secret. */
  readonly where: (name: string) => WatchedPath | Promise<WatchedPath>;
  /** What a message calls the files. */
  readonly shown: string;
  readonly binary: boolean;
}

function readerOf(settings: FileSettings): Plan {
  if ("directory" in settings) {
    const { directory } = settings;
    const where = (name: string) => pathBelow(directory, name);
    return { read: folderReader(settings), where, shown: belowShown(directory), binary: true };
  }
  const { file } = settings;
  // What is parsed as text gives text.
  return { read: keyedFileReader(settings), where: () => ownPath(file), shown: displayName(file), binary: false };
}

/** The folder alone, for a name that is no path below it: no read will find it either. */
function pathBelow(folder: string, name: string): WatchedPath {
  const segments = secretPath(name);
  return { folder, segments: "failure" in segments ? [] : segments };
}

function belowShown(path: string): string {
  return `${displayName(path)}, or what lies below it,`;
}

function sourceOf({ read, where, shown, binary }: Plan): SecretSource {
  const watcher = new FileWatcher(systemClock);
  const traits: SourceTraits = { stages: ["current"], versionIds: false, labels: false, binary, mints: false };
  return Object.freeze<SecretSource>({
    specVersion: 1,
    kind: "file",
    traits,
    async read(ref, { signal }) {
      const refused = unsupportedVersion("file", traits, ref.version);
      return refused ?? readFiles(signal, shown, () => read(ref.name, signal));
    },
    watch: (name, changed, { signal }) => watcher.watch(() => where(name), changed, signal),
    classify: fsFailure,
  });
}
