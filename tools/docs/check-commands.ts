import { readProjectFile } from "../project-files.ts";
import type { Finding } from "../report.ts";
import type { Page } from "./markdown.ts";

const shells = new Set(["sh", "bash", "shell", "console"]);
const ofPnpm = new Set(["add", "approve", "audit", "exec", "install", "pack", "publish", "run", "update"]);

/** Commands that a page tells its reader to type must be scripts of the workspace. */
export function checkCommands(path: string, { blocks }: Page): Finding[] {
  const { scripts } = JSON.parse(readProjectFile("package.json")) as { scripts: Record<string, string> };
  return blocks
    .filter(({ language }) => shells.has(language))
    .flatMap((block) => block.code.split("\n").map((text, index) => ({ text, line: block.line + index })))
    .flatMap(({ text, line }) => {
      const script = /\bpnpm(?:@[\d.]+)? (?:run )?(?<name>[a-z][\w:-]*)/.exec(text)?.groups?.name;
      if (script === undefined || ofPnpm.has(script) || scripts[script] !== undefined) return [];
      return [{ at: `${path}:${line}`, what: `\`pnpm ${script}\`: package.json has no such script.` }];
    });
}
