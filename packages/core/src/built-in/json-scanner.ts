/** Reads over JSON text without building values. A method that meets something else stops there and says false. */
export class JsonScanner {
  readonly text: string;
  offset = 0;

  constructor(text: string) {
    this.text = text;
  }

  skipBlanks(): void {
    while (isJsonBlank(this.text.charCodeAt(this.offset))) this.offset += 1;
  }

  /** Takes the character if it is the next one. */
  take(character: string): boolean {
    if (this.text.charAt(this.offset) !== character) return false;
    this.offset += 1;
    return true;
  }

  /** One value of any kind and depth. Without recursion: depth is the file's choice. */
  value(): boolean {
    const closers: string[] = [];
    for (;;) {
      this.skipBlanks();
      const opened = this.#open();
      if (opened !== undefined) {
        closers.push(opened);
        this.skipBlanks();
        if (!this.take(opened)) {
          if (opened === "}" && !this.name()) return false;
          continue;
        }
        closers.pop();
      } else if (!this.#scalar()) return false;
      if (!this.#close(closers)) return false;
      if (closers.length === 0) return true;
    }
  }

  /** A string and the colon behind it. */
  name(): boolean {
    this.skipBlanks();
    if (!this.string()) return false;
    this.skipBlanks();
    return this.take(":");
  }

  string(): boolean {
    if (!this.take('"')) return false;
    for (;;) {
      const code = this.text.charCodeAt(this.offset);
      // NaN at the end of the text.
      if (!(code >= 0x20)) return false;
      if (code === 0x5c) {
        if (!this.#match(/\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y)) return false;
        continue;
      }
      this.offset += 1;
      if (code === 0x22) return true;
    }
  }

  #open(): string | undefined {
    if (this.take("{")) return "}";
    return this.take("[") ? "]" : undefined;
  }

  /** Behind a value: closes what ends here; true also where a comma promises a further value. */
  #close(closers: string[]): boolean {
    for (;;) {
      const closer = closers.at(-1);
      if (closer === undefined) return true;
      this.skipBlanks();
      if (this.take(",")) return closer === "]" || this.name();
      if (!this.take(closer)) return false;
      closers.pop();
    }
  }

  #scalar(): boolean {
    return (
      this.string() ||
      this.#match(/-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y) ||
      this.#match(/true|false|null/y)
    );
  }

  #match(pattern: RegExp): boolean {
    pattern.lastIndex = this.offset;
    if (!pattern.test(this.text)) return false;
    this.offset = pattern.lastIndex;
    return true;
  }
}

function isJsonBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}
