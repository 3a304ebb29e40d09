import { displayName } from "../errors/display-name.ts";

const mostListed = 20;

/** Names for a sentence. */
export function listNames(names: Iterable<string>): string {
  const all = [...names];
  if (all.length === 0) return "nothing";
  const listed = all.slice(0, mostListed).map(displayName).join(", ");
  return all.length > mostListed ? `${listed}, and ${all.length - mostListed} more` : listed;
}
