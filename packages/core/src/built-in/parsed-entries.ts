/** The secrets of one file by their names, or where and why it cannot be read; nothing of its content. */
export type ParsedEntries =
  | { readonly entries: ReadonlyMap<string, string>; readonly reason?: undefined }
  | {
      /** From 1. */
      readonly line: number;
      /** From 1, in UTF-16 units. Absent where the whole line is meant. */
      readonly column?: number;
      /** The rest of a sentence that begins with the place. */
      readonly reason: string;
      readonly entries?: undefined;
    };
