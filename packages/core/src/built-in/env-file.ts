import { resolve } from "node:path";
import { displayName } from "../errors/display-name.ts";
import type { SecretRecord } from "../source/secret-record.ts";
import type { SourceFailure } from "../source/source-failure.ts";
import { filePayload } from "./file-payload.ts";
import { obstacleFailure } from "./obstacle-failure.ts";
import { readFiles } from "./read-files.ts";
import { readRegularFile } from "./read-regular-file.ts";
import { steadily } from "./steadily.ts";

const maxBytes = 1024 * 1024;

/**
 * The value in the file that a variable names. The variable says that the secret exists: a file that is missing is
 * `unavailable` (not mounted yet, say), never `not-found`. The path is not shown: by mistake it may be the value.
 */
export function readEnvFile(
  variable: string,
  path: string,
  directory: string,
  signal: AbortSignal,
): Promise<SecretRecord | SourceFailure> {
  const shown = `The file that the variable ${displayName(variable)} names`;
  return readFiles(signal, shown, () =>
    steadily(signal, async () => {
      const reading = await readRegularFile(resolve(directory, path), { maxBytes, signal });
      if (reading.obstacle === "changed") return "changed";
      if (reading.bytes === undefined) return obstacleFailure(reading.obstacle, shown, maxBytes);
      return { payload: filePayload(reading.bytes, true) };
    }),
  );
}
