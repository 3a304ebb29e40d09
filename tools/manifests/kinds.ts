import { existsSync } from "node:fs";
import { findPackageJSON } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

/** Holds the schemas of Kubernetes itself, and those of Knative, which Cloud Run speaks too. */
const catalogues = ["kubernetes-models", "@kubernetes-models/knative"];

export interface SchemaProblem {
  readonly path: readonly string[];
  readonly what: string;
}

/** Checks a document against the schema of its kind. */
export type KindSchema = (document: unknown) => SchemaProblem[];

interface ValidationErrorLike {
  readonly errors: readonly { readonly instancePath: string; readonly message: string; readonly params: object }[];
}

export async function schemaOfKind(apiVersion: string, kind: string): Promise<KindSchema | undefined> {
  const file = catalogues
    .map((catalogue) => join(folderOf(catalogue), apiVersion, `${kind}.js`))
    .find((path) => existsSync(path));
  if (file === undefined) return undefined;
  const model: Model | undefined = (await import(/* @vite-ignore */ pathToFileURL(file).href))[kind];
  const validate = model?.prototype?.validate;
  return validate && ((document) => problemsOf(() => validate.call(document)));
}

interface Model {
  readonly prototype?: { readonly validate?: (this: unknown) => void };
}

function folderOf(catalogue: string): string {
  const manifest = findPackageJSON(catalogue, import.meta.url);
  if (manifest === undefined) throw new Error(`${catalogue} is not installed: run \`pnpm install\`.`);
  return dirname(manifest);
}

function problemsOf(validate: () => void): SchemaProblem[] {
  try {
    validate();
    return [];
  } catch (error) {
    if (!isValidationError(error)) throw error;
    return error.errors.map(({ instancePath, message, params }) => {
      const allowed = "allowedValues" in params ? `: ${JSON.stringify(params.allowedValues)}` : "";
      return { path: fromPointer(instancePath), what: `${message}${allowed}` };
    });
  }
}

function isValidationError(error: unknown): error is ValidationErrorLike {
  return error instanceof Error && "errors" in error && Array.isArray(error.errors);
}

/** `/metadata/annotations/a~1b` (RFC 6901). */
function fromPointer(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}
