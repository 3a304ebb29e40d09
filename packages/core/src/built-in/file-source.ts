import { unsupportedVersion } from "../policy/supports.ts";
import type { SecretSource } from "../source/secret-source.ts";
import type { SourceScheme } from "../source/source-scheme.ts";
import type { SourceTraits } from "../source/source-traits.ts";
import type { FileAccess } from "./file-access.ts";
import { type FileOptions, fileSettings } from "./file-options.ts";
import { type FileUriSettings, fileUriSettings } from "./file-uri.ts";
import { fsFailure } from "./fs-failures.ts";

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
  (options: FileOptions) => sourceOf(fileSettings(options)),
  { scheme: "file" as const, fromUri: (text: string) => sourceOf(fileUriSettings(text)) },
);

function sourceOf(settings: FileUriSettings): SecretSource {
  // What is parsed as text gives text.
  const binary = !("file" in settings);
  const traits: SourceTraits = { stages: ["current"], versionIds: false, labels: false, binary, mints: false };
  let opened: FileAccess | undefined;
  const access = async () => {
    const { FileAccess } = await import("./from-disk.ts");
    opened ??= new FileAccess(settings);
    return opened;
  };
  return Object.freeze<SecretSource>({
    specVersion: 1,
    kind: "file",
    traits,
    async read(ref, { signal }) {
      const refused = unsupportedVersion("file", traits, ref.version);
      return refused ?? (opened ?? (await access())).read(ref.name, signal);
    },
    watch: async (name, changed, { signal }) => (opened ?? (await access())).watch(name, changed, signal),
    classify: fsFailure,
  });
}
