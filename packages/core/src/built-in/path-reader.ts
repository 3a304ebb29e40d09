import { stat } from "node:fs/promises";
import { displayName } from "../errors/display-name.ts";
import type { FileReader } from "./file-reader.ts";
import { fsCode, fsFailure } from "./fs-failures.ts";

/** Finds out at the first read whether the path is a folder or a file, and stays with that. */
export function pathReader(path: string, folder: () => FileReader, file: () => FileReader): FileReader {
  let reader: FileReader | undefined;
  return async (name, signal) => {
    if (reader === undefined) {
      try {
        const isFolder = (await stat(path)).isDirectory();
        reader ??= isFolder ? folder() : file();
      } catch (error) {
        const failure = fsCode(error) === "ENOENT" ? fsFailure(error) : undefined;
        if (failure === undefined) throw error;
        return { ...failure, advice: `${displayName(path)} does not exist: create it, mount it, or correct the path.` };
      }
    }
    return reader(name, signal);
  };
}
