import { projectFiles, readProjectFile } from "../project-files.ts";
import { report } from "../report.ts";
import { checkCode, countExamples } from "./check-code.ts";
import { checkCommands } from "./check-commands.ts";
import { checkLinks } from "./check-links.ts";
import { readMarkdown } from "./markdown.ts";

const paths = projectFiles().filter((path) => path.endsWith(".md"));
const pages = new Map(paths.map((path) => [path, readMarkdown(readProjectFile(path))]));

report(`docs (${pages.size} pages, ${countExamples(pages)} TypeScript examples)`, [
  ...checkCode(pages),
  ...[...pages].flatMap(([path, page]) => [...checkLinks(path, page), ...checkCommands(path, page)]),
]);
