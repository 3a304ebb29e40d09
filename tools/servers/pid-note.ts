import { readFileSync, rmSync, writeFileSync } from "node:fs";

/** Notes that something belongs to this process; false where it belongs to one that lives. */
export function claim(note: string): boolean {
  for (let round = 0; round < 2; round += 1) {
    try {
      writeFileSync(note, String(process.pid), { flag: "wx" });
      return true;
    } catch {
      if (!isAbandoned(note)) return false;
      rmSync(note, { force: true });
    }
  }
  return false;
}

function isAbandoned(note: string): boolean {
  try {
    process.kill(Number(readFileSync(note, "utf8")), 0);
    return false;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === "ESRCH" || code === "ENOENT";
  }
}
