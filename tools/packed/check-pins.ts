import { readFileSync, realpathSync } from "node:fs";
import { findPackageJSON } from "node:module";
import { join } from "node:path";
import { publicPackages } from "../public-packages.ts";
import { type Finding, report } from "../report.ts";

type Dependencies = Readonly<Record<string, string>>;

const isExact = (version: string) => /^\d/.test(version);

function dependenciesIn(manifest: string): Dependencies {
  return (JSON.parse(readFileSync(manifest, "utf8")) as { dependencies?: Dependencies }).dependencies ?? {};
}

/**
 * Who, of all that a package depends on, may ask for a newer version one day than the one that the package pins: what is
 * depended on by a range, which npm takes the newest of. Each of them then gets a copy of its own.
 */
function oneThatMayAskForMore(
  pinned: string,
  dependencies: Dependencies,
  from: string,
  seen = new Set<string>(),
): string | undefined {
  for (const [name, version] of Object.entries(dependencies)) {
    const found = findPackageJSON(name, from);
    if (found === undefined) continue;
    // Behind pnpm's links lies what the package itself would find.
    const manifest = realpathSync(found);
    if (seen.has(manifest)) continue;
    seen.add(manifest);
    const its = dependenciesIn(manifest);
    if (pinned in its && !isExact(version)) return name;
    const further = oneThatMayAskForMore(pinned, its, manifest, seen);
    if (further !== undefined) return further;
  }
  return undefined;
}

const findings: Finding[] = [];
let pins = 0;
for (const { name: at, folder } of publicPackages()) {
  const manifest = join(folder, "package.json");
  const dependencies = dependenciesIn(manifest);
  for (const [name, version] of Object.entries(dependencies).filter(([, version]) => isExact(version))) {
    pins += 1;
    const other = oneThatMayAskForMore(name, dependencies, manifest);
    if (other === undefined) continue;
    const what = `pins ${name} to ${version}, of which ${other} may ask for a newer one, and then there are two: give the range that the SDK gives.`;
    findings.push({ at, what });
  }
}
report(`pinned dependencies (${pins})`, findings);
