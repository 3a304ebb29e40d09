import { printableName } from "./printable-name.ts";
import type { Problem } from "./problem.ts";
import { textTable } from "./text-table.ts";

const longestName = 48;

// What comes from a source, as part of a reason, must not break the table or steer a terminal.
const invisible = /[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/** What is wrong with a config, one row for each problem. */
export function problemTable(problems: readonly Problem[]): string {
  const rows = problems.map(({ path, source, name, reason }) => [
    path === "" ? "(all)" : shortened(path),
    cell(source ?? "-"),
    cell(name ?? "-"),
    reason.replaceAll(invisible, " ").trim(),
  ]);
  return textTable(["path", "source", "name", "reason"], rows);
}

function cell(name: string): string {
  // Again afterwards, since what is escaped gets longer.
  return shortened(printableName(shortened(name)));
}

/** Both ends tell more than the beginning alone: of `mail.smtp.password` as of a store's long resource names. */
function shortened(name: string): string {
  const characters = [...name];
  if (characters.length <= longestName) return name;
  const half = Math.floor((longestName - 1) / 2);
  return `${characters.slice(0, half).join("")}…${characters.slice(-half).join("")}`;
}
