import type { Finding } from "../report.ts";
import { schemaOfKind } from "./kinds.ts";
import { readYaml, type YamlDocument } from "./read-yaml.ts";
import { watchReads } from "./unread-fields.ts";

/** Checks each document of a YAML file against the schema of its kind. A field that the schema does not know is a finding too. */
export async function findingsInManifests(file: string, text: string): Promise<Finding[]> {
  const documents = readYaml(text);
  if (documents.length === 0) return [{ at: file, what: "It holds no document." }];
  const findings = await Promise.all(documents.map((document) => findingsIn(file, document)));
  return findings.flat();
}

async function findingsIn(file: string, document: YamlDocument): Promise<Finding[]> {
  const finding = (path: readonly string[], what: string): Finding => ({
    at: `${file}:${document.lineOf(path)}`,
    what: path.length === 0 ? what : `${path.join(".")}: ${what}`,
  });
  if (document.problems.length > 0) return document.problems.map(({ line, what }) => ({ at: `${file}:${line}`, what }));

  const { apiVersion, kind } = (document.value ?? {}) as { apiVersion?: unknown; kind?: unknown };
  if (!isApiVersion(apiVersion) || !isKind(kind)) return [finding([], "A manifest has an `apiVersion` and a `kind`.")];
  const schema = await schemaOfKind(apiVersion, kind);
  if (schema === undefined) return [finding(["kind"], `There is no schema of ${kind} in ${apiVersion}.`)];

  const watched = watchReads(document.value);
  const problems = schema(watched.value);
  // Where a value is of the wrong kind, the schema does not look into it.
  const unread = watched.unread().filter((path) => !problems.some((problem) => startsWith(path, problem.path)));
  return [
    ...problems.map(({ path, what }) => finding(path, what)),
    ...unread.map((path) => finding(path, `${kind} has no such field.`)),
  ];
}

function startsWith(path: readonly string[], start: readonly string[]): boolean {
  return start.length > 0 && start.every((part, index) => path[index] === part);
}

function isApiVersion(value: unknown): value is string {
  return typeof value === "string" && /^(?:[a-z0-9.-]+\/)?v[0-9][a-z0-9]*$/.test(value);
}

function isKind(value: unknown): value is string {
  return typeof value === "string" && /^[A-Z][A-Za-z0-9]*$/.test(value);
}
