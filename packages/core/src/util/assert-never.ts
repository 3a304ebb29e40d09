/** Marks a branch that the types rule out; reached only by a defect of this library. */
export function assertNever(_never: never): never {
  throw new TypeError("unreachable: a case of a closed union is not handled");
}
