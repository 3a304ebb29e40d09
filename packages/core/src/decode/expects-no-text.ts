import type { StandardSchemaV1 } from "@standard-schema/spec";

/** What schema libraries say of an issue besides the path; any of it may be missing. */
interface VendorIssue {
  readonly code?: unknown;
  readonly kind?: unknown;
  readonly type?: unknown;
  readonly expected?: unknown;
  readonly values?: unknown;
  readonly errors?: unknown;
}

/**
 * Whether text was the wrong kind of value: a number, a date, an object was asked for. A text that is too long, of another
 * pattern or none of a list is the right kind. Where the library's words are not known, it may have been.
 */
export function expectsNoText(vendor: unknown, issue: StandardSchemaV1.Issue): boolean {
  if (vendor === "zod") return zodExpectsNoText(issue as VendorIssue);
  if (vendor === "valibot") return valibotExpectsNoText(issue as VendorIssue);
  if (vendor === "arktype") return arktypeExpectsNoText(issue as VendorIssue);
  return true;
}

function zodExpectsNoText({ code, expected, values, errors }: VendorIssue): boolean {
  if (code === "invalid_type") return expected !== "string";
  if (code === "invalid_value") return Array.isArray(values) && !values.some((value) => typeof value === "string");
  return code === "invalid_union" && Array.isArray(errors) && errors.length > 0 && errors.every(isBranchWithoutText);
}

function isBranchWithoutText(branch: unknown): boolean {
  return Array.isArray(branch) && branch.some((issue) => zodExpectsNoText(issue as VendorIssue));
}

/** A text that may stand there, is quoted. */
function valibotExpectsNoText({ kind, expected }: VendorIssue): boolean {
  if (kind === "transformation") return true;
  return kind === "schema" && typeof expected === "string" && !/"|\bstring\b/.test(expected);
}

function arktypeExpectsNoText({ code, expected }: VendorIssue): boolean {
  if (code === "unit") return typeof expected === "string" && !expected.startsWith('"');
  return (code === "domain" && expected !== "a string") || code === "proto";
}
