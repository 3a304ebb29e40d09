/** The objects of a list in an answer, which the SDK hands on as it came. */
export function listed<Item extends object>(list: readonly Item[] | undefined): readonly Item[] {
  return Array.isArray(list) ? list.filter((item) => typeof item === "object" && item !== null) : [];
}
