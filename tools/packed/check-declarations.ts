import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../project-files.ts";
import type { InstalledPackages } from "./installed-packages.ts";
import { run } from "./run.ts";

const compilers = [
  ["TypeScript 6", "node_modules/typescript/bin/tsc"],
  ["TypeScript 7", "tools/versions/node_modules/typescript-7/bin/tsc"],
] as const;

/** What is published must type-check in a strict ESM and a strict CJS program, the declarations themselves included. */
export function checkDeclarations({ folder, packages }: InstalledPackages): boolean[] {
  const imports = packages
    .flatMap(({ entries }) => entries)
    .map(
      ({ specifier }, index) =>
        `import * as entry${index} from "${specifier}";\nexport type E${index} = typeof entry${index};\n`,
    );
  for (const ending of ["mts", "cts"]) writeFileSync(join(folder, `user.${ending}`), imports.join(""));
  symlinkSync(join(root, "node_modules/@types"), join(folder, "node_modules/@types"));
  const compilerOptions = { module: "nodenext", target: "es2023", strict: true, noEmit: true, types: ["node"] };
  const config = {
    compilerOptions: { ...compilerOptions, exactOptionalPropertyTypes: true },
    files: ["user.mts", "user.cts"],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  return compilers.map(([title, tsc]) =>
    run(`declarations under ${title}`, process.execPath, [join(root, tsc), "-p", folder], folder),
  );
}
