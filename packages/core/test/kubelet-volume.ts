import { existsSync, mkdirSync, readlinkSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { threadId } from "node:worker_threads";

type Keys = Readonly<Record<string, string | Uint8Array>>;

let swaps = 0;

/**
 * Replaces the contents of a mounted volume as the kubelet does: a new folder, a link renamed over `..data`, links for
 * the keys, and the old folder removed. Gives the link's new target.
 */
export function swapVolume(volume: string, keys: Keys | ((target: string) => Keys)): string {
  swaps += 1;
  const contents = `..2026_11_23_09_30_00.${threadId}_${swaps}`;
  const values = typeof keys === "function" ? keys(contents) : keys;
  mkdirSync(join(volume, contents), { recursive: true });
  for (const [key, value] of Object.entries(values)) {
    mkdirSync(dirname(join(volume, contents, key)), { recursive: true });
    writeFileSync(join(volume, contents, key), value);
  }
  const data = join(volume, "..data");
  const old = existsSync(data) ? readlinkSync(data) : undefined;
  symlinkSync(contents, join(volume, "..data_tmp"));
  renameSync(join(volume, "..data_tmp"), data);
  for (const key of Object.keys(values)) {
    const visible = key.split("/")[0] ?? key;
    if (!existsSync(join(volume, visible))) symlinkSync(join("..data", visible), join(volume, visible));
  }
  if (old !== undefined) rmSync(join(volume, old), { recursive: true });
  return contents;
}
