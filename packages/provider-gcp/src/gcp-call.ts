/** A call of the service, and what it needs. */
export interface GcpCall {
  readonly permission: string;
  /** The least of the service's own roles that has it. */
  readonly role: string;
  /** The version that was asked for was a certain one: what is absent may be that version alone. */
  readonly ofOneVersion?: boolean;
}

// https://cloud.google.com/secret-manager/docs/access-control
const accessor = "roles/secretmanager.secretAccessor";
const viewer = "roles/secretmanager.viewer";

export const gcpCalls = {
  accessSecretVersion: { permission: "secretmanager.versions.access", role: accessor },
  getSecretVersion: { permission: "secretmanager.versions.get", role: viewer },
  listSecretVersions: { permission: "secretmanager.versions.list", role: viewer },
  getSecret: { permission: "secretmanager.secrets.get", role: viewer },
} as const satisfies Readonly<Record<string, GcpCall>>;

export type GcpMethod = keyof typeof gcpCalls;
