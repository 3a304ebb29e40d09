import { isPlainObject } from "./plain.ts";

/** The two ways to write an item: with a schema in the second place, or with the options there. */
export function itemArguments(
  second: unknown,
  third: unknown,
): { readonly schema: unknown; readonly options: unknown } {
  // A schema may be a plain object too.
  const isOptions = third === undefined && isPlainObject(second) && !("~standard" in second);
  return isOptions ? { schema: undefined, options: second } : { schema: second, options: third };
}
