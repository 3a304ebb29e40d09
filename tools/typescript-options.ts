import { join } from "node:path";
import ts from "typescript";
import { root } from "./project-files.ts";

/** The compiler options of the workspace: package names resolve to sources. */
export function typeScriptOptions(): ts.CompilerOptions {
  const { config, error } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
  if (error !== undefined) throw new Error(ts.flattenDiagnosticMessageText(error.messageText, "\n"));
  return ts.parseJsonConfigFileContent(config, ts.sys, root).options;
}
