/** The same for two spellings of one variable: Windows does not tell `Path` from `PATH`. */
export function variableKey(variable: string, platform: NodeJS.Platform = process.platform): string {
  return platform === "win32" ? variable.toUpperCase() : variable;
}
