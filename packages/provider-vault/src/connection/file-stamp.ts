/** Changes with the file. @throws where it cannot be looked at. */
export async function fileStamp(file: string): Promise<string> {
  // Loaded on first use: most programs look at no file.
  const { stat } = await import("node:fs/promises");
  // The inode too: a file that was moved into place may be as old and as long as the one before.
  const { mtimeMs, size, ino } = await stat(file);
  return `${mtimeMs} ${size} ${ino}`;
}
