import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** A Node program of this example in a process of its own, with nothing but the given environment. */
export class Program {
  readonly #child;
  readonly #ended: Promise<number | null>;
  #output = "";

  /** @param path Relative to this module. */
  constructor(path: string, environment: Readonly<Record<string, string>>, signal: AbortSignal) {
    const script = fileURLToPath(new URL(path, import.meta.url));
    const options = { env: { ...environment }, stdio: "pipe", signal, killSignal: "SIGKILL" } as const;
    this.#child = spawn(process.execPath, [script], options);
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        this.#output += text;
      });
    }
    // An abort kills it, and is an error besides; that it has ended says enough.
    this.#child.on("error", () => {});
    this.#ended = new Promise((resolve) => this.#child.on("close", resolve));
  }

  /** All that it has printed so far, on both channels. */
  get output(): string {
    return this.#output;
  }

  /** Waits for a line like this on the standard output. Rejects where none comes within the time, or the program ends. */
  async printed(line: RegExp | string, withinMs = 10_000): Promise<readonly string[]> {
    const late = AbortSignal.timeout(withinMs);
    for (;;) {
      const match = typeof line === "string" ? this.#output.includes(line) && [line] : this.#output.match(line);
      if (match) return match;
      if (late.aborted) throw new Error(`It did not print "${line}" within ${withinMs} ms`);
      const more = once(this.#child.stdout, "data", { signal: late }).catch(() => []);
      const next = await Promise.race([more, this.#ended]);
      if (!Array.isArray(next)) throw new Error(`It ended with exit code ${next} early:\n${this.#output}`);
    }
  }

  /** The exit code, once it has ended by itself. */
  ended(): Promise<number | null> {
    return this.#ended;
  }

  /** Asks it to end, and waits until it has. */
  stop(): Promise<number | null> {
    this.#child.kill("SIGTERM");
    return this.#ended;
  }
}
