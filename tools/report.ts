/** Something to mend: where it is, and what to do. */
export interface Finding {
  /** `path` or `path:line`. */
  readonly at: string;
  readonly what: string;
}

/** Prints the findings, or one line that says what was checked, and sets the exit code. */
export function report(checked: string, findings: readonly Finding[]): void {
  for (const { at, what } of findings) console.error(`${at}  ${what}`);
  if (findings.length > 0) {
    console.error(`${checked}: ${findings.length} to mend`);
    process.exitCode = 1;
  } else {
    console.log(`${checked}: good`);
  }
}
