import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type BuildOptions, build, type Format } from "esbuild";
import { root } from "../project-files.ts";
import { type PublicPackage, publicPackages } from "../public-packages.ts";
import { type Finding, report } from "../report.ts";

interface Manifest {
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

// Types alone are no package of a program.
const typesAlone = "@types/node";

/** What its users may be without. */
function optionalOf({ folder }: PublicPackage): readonly string[] {
  const { peerDependenciesMeta = {} } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
  return Object.keys(peerDependenciesMeta).filter((name) => name !== typesAlone);
}

/** Makes one file of everything that a package has. @returns what that imports */
async function bundle(one: PublicPackage, format: Format, without: Pick<BuildOptions, "alias" | "external">) {
  const { metafile } = await build({
    stdin: {
      contents: one.entries
        .map(({ specifier }) => (format === "esm" ? `export * from "${specifier}";` : `require("${specifier}");`))
        .join("\n"),
      resolveDir: one.folder,
    },
    absWorkingDir: root,
    bundle: true,
    platform: "node",
    format,
    target: "node22",
    write: false,
    metafile: true,
    logLevel: "silent",
    ...without,
  });
  return Object.values(metafile.outputs).flatMap(({ imports }) => imports);
}

async function findingsOf(one: PublicPackage, optional: readonly string[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  const alias = Object.fromEntries(optional.map((name) => [name, "not-installed"]));
  for (const format of ["esm", "cjs"] as const) {
    try {
      await bundle(one, format, { alias });
    } catch {
      const what = `cannot be bundled (${format}) without an optional package: import it by \`await import()\` within a \`try\`.`;
      findings.push({ at: one.name, what });
    }
  }
  // A static import of what is left outside is moved to the very start of the one file, whatever loads it.
  for (const { path, kind } of await bundle(one, "esm", { external: [...optional] })) {
    if (kind !== "import-statement" || !optional.includes(path)) continue;
    findings.push({
      at: one.name,
      what: `imports ${path} as soon as its bundle starts: import it by \`await import()\`.`,
    });
  }
  return findings;
}

for (const one of publicPackages().filter(({ name }) => name.includes("/provider-"))) {
  if (!existsSync(join(one.folder, "dist"))) throw new Error(`${one.name} is not built: run \`pnpm build\` first.`);
  const optional = optionalOf(one);
  report(`bundle of ${one.name} without ${optional.join(" and ") || "anything"}`, await findingsOf(one, optional));
}
