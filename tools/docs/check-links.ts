import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { root } from "../project-files.ts";
import type { Finding } from "../report.ts";
import { type Page, readMarkdown } from "./markdown.ts";

const inline = /\]\((?<target><[^>]*>|[^\s)]+)[^)]*\)/g;
const reference = /^\s*\[[^\]]+\]:\s*(?<target>\S+)/g;
const html = /<(?:a|img)\s[^>]*(?:href|src)="(?<target>[^"]+)"/g;

/** Relative links must lead to a file of the project, and their `#part` to a heading of it. */
export function checkLinks(path: string, page: Page): Finding[] {
  return page.prose.flatMap(({ line, text }) =>
    [inline, reference, html]
      .flatMap((shape) => [...text.matchAll(shape)])
      .map((match) => (match.groups?.target ?? "").replaceAll(/^<|>$/g, ""))
      .flatMap((target) => {
        const what = problemOf(target, path, page);
        return what === undefined ? [] : [{ at: `${path}:${line}`, what: `link to ${target}: ${what}` }];
      }),
  );
}

function problemOf(target: string, path: string, page: Page): string | undefined {
  if (/^[a-z][a-z\d+.-]*:/i.test(target)) return undefined;
  if (target.startsWith("/")) return "write it relative to this page.";
  const [file = "", anchor] = decodeURI(target).split("#");
  const absolute = file === "" ? join(root, path) : join(root, dirname(path), file);
  if (relative(root, absolute).startsWith("..")) return "it leads out of the project.";
  if (file !== "" && !existsSync(absolute)) return "there is no such file.";
  if (anchor === undefined || !absolute.endsWith(".md")) return undefined;
  const anchors = file === "" ? page.anchors : readMarkdown(readFileSync(absolute, "utf8")).anchors;
  return anchors.has(anchor) ? undefined : `no heading there gives #${anchor}.`;
}
