/** As in a process where nothing was configured yet. */
export function forgetDefault(): void {
  for (const key of Object.getOwnPropertySymbols(globalThis)) {
    if (Symbol.keyFor(key)?.startsWith("secretsource.")) Reflect.deleteProperty(globalThis, key);
  }
}
