import type { ReadLimits } from "./read-bounded.ts";

/** What holds for every file that is read below a source's folder. */
export interface FolderLimits extends ReadLimits {
  readonly stripFinalNewline: boolean;
  /** Whether a real path lies inside the folder. */
  readonly allowed: (realPath: string) => boolean;
}
