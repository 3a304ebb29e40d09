import { projectFiles, readProjectFile } from "./project-files.ts";
import { type Finding, report } from "./report.ts";

// Written in pieces, so that this file does not find itself.
const homes = ["work", "root", "home", "Users"].join("|");
const registries = ["registry[.]npmjs", "registry[.]yarnpkg", "npm[.]pkg[.]github", "pypi[.]org/simple"].join("|");

const traces: readonly { readonly pattern: RegExp; readonly what: string }[] = [
  {
    pattern: new RegExp(`(?<![\\w.:/-])/(?:${homes})/[\\w.-]`),
    what: "An absolute path of one machine. Write it relative to the project, or take a neutral one (/run/secrets, /etc/app).",
  },
  {
    pattern: new RegExp(registries),
    what: "The host of a package registry. Name the package alone; in the lockfile, remove the line and install again.",
  },
];

export function tracesIn(path: string, text: string): Finding[] {
  return text
    .split("\n")
    .flatMap((line, index) =>
      traces.filter(({ pattern }) => pattern.test(line)).map(({ what }) => ({ at: `${path}:${index + 1}`, what })),
    );
}

/** A lockfile that names tarballs installs from one registry only. */
export function hostsInLockfile(path: string, text: string): Finding[] {
  return text
    .split("\n")
    .flatMap((line, index) =>
      /\btarball:|resolution:.*https?:/.test(line)
        ? [{ at: `${path}:${index + 1}`, what: "The lockfile names a host. Remove the line and install again." }]
        : [],
    );
}

if (import.meta.main) {
  const files = projectFiles();
  const findings = files.flatMap((path) => tracesIn(path, readProjectFile(path)));
  const lockfile = "pnpm-lock.yaml";
  report(`traces of one machine (${files.length} files)`, [
    ...findings,
    ...hostsInLockfile(lockfile, readProjectFile(lockfile)),
  ]);
}
