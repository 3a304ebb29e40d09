import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export function makeFolder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), "conformance-")));
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
