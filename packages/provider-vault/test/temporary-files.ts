import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FileOf } from "./proof.ts";

/** A folder for credentials; whoever opens it removes it. */
export function temporaryFiles(): { readonly fileOf: FileOf; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "vault-"));
  let files = 0;
  return {
    fileOf(text) {
      files += 1;
      const path = join(folder, `credential-${files}`);
      writeFileSync(path, text);
      return path;
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}
