import type { SourceContext } from "../src/source/source-context.ts";
import { type Reply, type ScriptedSource, type ScriptOptions, scriptedSource } from "./scripted-source.ts";

/** One `watch` that was begun. */
export interface BegunWatch {
  readonly name: string;
  readonly at: number;
  readonly context: SourceContext;
  report(): void;
  /** The watch ends by itself. */
  end(error?: unknown): void;
}

export interface ReportingSource extends ScriptedSource {
  /** Oldest first. */
  readonly watches: readonly BegunWatch[];
}

/** A scripted source with a watch, that reports and ends when it is told to. */
export function reportingSource(replies: Reply | readonly Reply[], options: ScriptOptions = {}): ReportingSource {
  const watches: BegunWatch[] = [];
  return Object.assign(scriptedSource(replies, options), {
    watches,
    watch(name: string, report: () => void, context: SourceContext): Promise<void> {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      context.signal.addEventListener("abort", () => resolve());
      const end = (error?: unknown) => (error === undefined ? resolve() : reject(error));
      watches.push({ name, at: options.clock?.now() ?? 0, context, report, end });
      return promise;
    },
  });
}
