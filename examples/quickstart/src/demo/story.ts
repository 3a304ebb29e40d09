/** Tells what happens, line by line, and keeps the count of what was checked. */
export class Story {
  #failed = 0;
  #checked = 0;

  tell(line: string): void {
    console.log(line);
  }

  quote(text: string): void {
    for (const line of text.trimEnd().split("\n")) console.log(`    | ${line}`);
  }

  /** One thing that must be so. */
  check(holds: boolean, claim: string, otherwise = ""): void {
    this.#checked += 1;
    if (!holds) this.#failed += 1;
    console.log(holds ? `    ok  ${claim}` : `    NOT ${claim} ${otherwise}`);
  }

  get verdict(): string {
    return this.#failed === 0
      ? `All ${this.#checked} checks hold.`
      : `${this.#failed} of ${this.#checked} checks FAILED.`;
  }

  get exitCode(): 0 | 1 {
    return this.#failed === 0 && this.#checked > 0 ? 0 : 1;
  }
}
