import { displayName } from "../errors/display-name.ts";

const plainKey = /^[\w$-]+$/;
const longestPlainKey = 100;

/** `mail.smtp`, `replicas[0]`, `["a.b"]`: as it may be printed, whatever the key. */
export function itemPath(parent: string, key: string | number): string {
  if (typeof key === "number") return `${parent}[${key}]`;
  if (!plainKey.test(key) || key.length > longestPlainKey) return `${parent}[${displayName(key)}]`;
  return parent === "" ? key : `${parent}.${key}`;
}
