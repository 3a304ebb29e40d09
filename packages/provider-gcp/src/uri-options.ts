import { invalidOptions, uriSettings } from "@secretsource/core/source-kit";
import type { GcpSecretManagerOptions } from "./secret-manager-options.ts";

const names = ["projectId", "location", "newest", "secretDetails", "transport", "endpoint"] as const;

/** All options that are text or a flag; credentials belong into no URI. @throws SecretsError `invalid-options` */
export function uriOptions(text: unknown, scheme: string): GcpSecretManagerOptions {
  const { path, settings } = uriSettings(text, scheme, names);
  if (path !== "") {
    return invalidOptions(
      `It is written \`${scheme}:\` or \`${scheme}:?projectId=my-project\`; nothing stands before the \`?\`.`,
    );
  }
  const { secretDetails, ...others } = settings;
  if (secretDetails !== undefined && secretDetails !== "true" && secretDetails !== "false") {
    return invalidOptions(`\`secretDetails\` of the \`${scheme}:\` URI is true or false.`);
  }
  // What is no choice of these, the options themselves refuse.
  return {
    ...(others as GcpSecretManagerOptions),
    ...(secretDetails !== undefined && { secretDetails: secretDetails === "true" }),
  };
}
