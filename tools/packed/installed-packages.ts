import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type PublicPackage, publicPackages } from "../public-packages.ts";

export interface Packed extends PublicPackage {
  /** What would be published. */
  readonly tarball: string;
}

/** A project elsewhere on the disk in which the packages are installed as their users get them. */
export interface InstalledPackages extends Disposable {
  readonly folder: string;
  readonly packages: readonly Packed[];
}

export function installPackages(): InstalledPackages {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "packed-")));
  const packages = publicPackages().map((one) => ({ ...one, tarball: pack(one, folder) }));
  for (const one of packages) install(one, folder);
  const manifest = { name: "user", private: true, type: "module" };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  return { folder, packages, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) };
}

function pack({ name, folder }: PublicPackage, destination: string): string {
  if (!existsSync(join(folder, "dist"))) throw new Error(`${name} is not built: run \`pnpm build\` first.`);
  const out = execFileSync("pnpm", ["pack", "--json", "--pack-destination", destination], {
    cwd: folder,
    encoding: "utf8",
  });
  return (JSON.parse(out) as { filename: string }).filename;
}

function install({ name, folder, needs, tarball }: Packed, project: string): void {
  const target = join(project, "node_modules", name);
  mkdirSync(target, { recursive: true });
  execFileSync("tar", ["-xzf", tarball, "--strip-components=1", "-C", target]);
  for (const need of needs) {
    const link = join(target, "node_modules", need);
    const found = [join(folder, "node_modules", need), join(folder, "../../node_modules", need)].find(existsSync);
    if (found === undefined || need.startsWith("@secretsource/")) continue;
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(realpathSync(found), link);
  }
}
