import type { GcpCall } from "./gcp-call.ts";
import type { GcpError } from "./gcp-error.ts";

const permissionPattern = /^(?:secretmanager|serviceusage|cloudkms|iam)(?:\.[A-Za-z]{2,40}){2}$/;
const permissionInText = /\bPermission '((?:secretmanager|serviceusage|cloudkms|iam)(?:\.[A-Za-z]{2,40}){2})' denied\b/;

/** By `google.api.ErrorReason` (google/api/error_reason.proto). */
const adviceOfReason: ReadonlyMap<string, string> = new Map([
  [
    "SERVICE_DISABLED",
    "The Secret Manager API is not enabled in the project: `gcloud services enable secretmanager.googleapis.com`, and wait some minutes.",
  ],
  ["BILLING_DISABLED", "Billing is not enabled for the project: link it to a billing account that is open."],
  [
    "CONSUMER_INVALID",
    "The project that the request counts for does not exist, or is not usable: check `projectId` and the quota project of the credentials.",
  ],
  ["CONSUMER_SUSPENDED", "The project is suspended: see its page in the Google Cloud console."],
  [
    "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
    "The machine's access scopes leave Secret Manager out: give the instance or node pool the scope `cloud-platform`.",
  ],
  [
    "USER_PROJECT_DENIED",
    "Grant `serviceusage.services.use` (roles/serviceusage.serviceUsageConsumer) on the quota project of the credentials to the identity that the program runs as.",
  ],
  ["SECURITY_POLICY_VIOLATED", "VPC Service Controls refuse it: let the program into the perimeter of the project."],
  ["LOCATION_POLICY_VIOLATED", "A policy on locations refuses it: ask from a place that it allows."],
  [
    "RESOURCE_USAGE_RESTRICTION_VIOLATED",
    "A policy of the organization does not allow Secret Manager in this project.",
  ],
]);

/** What to do about a denial, as far as the service tells. */
export function denialAdvice({ reason, permission, text }: GcpError, call: GcpCall): string {
  const known = adviceOfReason.get(reason) ?? adviceOfText(text);
  if (known !== undefined) return known;
  const said = permissionOf(permission) ?? permissionInText.exec(text)?.[1];
  const missing = said ?? call.permission;
  const role = missing === call.permission ? ` (${call.role})` : "";
  return `Grant \`${missing}\`${role} on the secret to the identity that the program runs as. A project or secret that does not exist can look like this too.`;
}

function permissionOf(permission: unknown): string | undefined {
  return typeof permission === "string" && permissionPattern.test(permission) ? permission : undefined;
}

/** The same states where no reason comes with them. */
function adviceOfText(text: string): string | undefined {
  if (/\bhas not been used in project\b|\bit is disabled\b/.test(text)) return adviceOfReason.get("SERVICE_DISABLED");
  if (/\bbilling\b/i.test(text)) return adviceOfReason.get("BILLING_DISABLED");
  if (/\binsufficient authentication scopes\b/.test(text)) return adviceOfReason.get("ACCESS_TOKEN_SCOPE_INSUFFICIENT");
  if (/\bVPC Service Controls\b/.test(text)) return adviceOfReason.get("SECURITY_POLICY_VIOLATED");
  return undefined;
}
