import { definitionOf } from "./config-item.ts";
import { isPrototypeOfClass } from "./plain.ts";

/**
 * Why something that is no item, no plain object and no list cannot stand in a config; undefined if it can.
 *
 * @throws Whatever a getter or a proxy throws.
 */
export function literalProblem(value: unknown): string | undefined {
  if (value === undefined) {
    return "It is undefined. A literal must have a value: leave the key out, or read a variable with env().";
  }
  if (isSchema(value)) return "A schema alone reads nothing: write secret(name, schema) or env(name, schema).";
  if (typeof value === "function") return "It is a function: call it, and put what it returns here.";
  if (typeof value !== "object" || value === null) return undefined;
  if ("then" in value && typeof value.then === "function") {
    return "It is a promise: await it first, or let loadConfig read it with secret(name).";
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && !isPrototypeOfClass(prototype)) {
    return "Its prototype is no class, and what that holds would be lost.";
  }
  if (insides(value).some((inside) => definitionOf(inside) !== undefined)) {
    return "It holds a secret() or env(), but only plain objects and lists are searched for them.";
  }
  return undefined;
}

function isSchema(value: unknown): boolean {
  return ((typeof value === "object" && value !== null) || typeof value === "function") && "~standard" in value;
}

/** What an instance of a class holds, without calling a getter of it. */
function insides(value: object): unknown[] {
  if (value instanceof Map || value instanceof Set) return [...value.values()];
  if (ArrayBuffer.isView(value)) return [];
  return Object.values(Object.getOwnPropertyDescriptors(value)).map((property: PropertyDescriptor) => property.value);
}
