import { randomBytes } from "node:crypto";

export interface Version {
  /** 32 hexadecimal digits. */
  readonly id: string;
  readonly value: string;
  readonly contentType: string | undefined;
  readonly tags: Readonly<Record<string, string>> | undefined;
  /** Whole seconds since the epoch, as all times. */
  readonly created: number;
  readonly notBefore: number | undefined;
  readonly expires: number | undefined;
  readonly managed: boolean;
  enabled: boolean;
}

export type NewVersion = Partial<Omit<Version, "id" | "value">>;

/** What of an enabled version is answered, without its value (https://learn.microsoft.com/rest/api/keyvault/secrets/get-secret/get-secret). */
export function shownWithoutValue(url: string, name: string, version: Version): object {
  const { id, enabled, created, notBefore, expires, contentType, tags, managed } = version;
  return {
    id: `${url}/secrets/${name}/${id}`,
    attributes: {
      enabled,
      created,
      updated: created,
      ...(notBefore !== undefined && { nbf: notBefore }),
      ...(expires !== undefined && { exp: expires }),
      recoveryLevel: "Recoverable+Purgeable",
      recoverableDays: 90,
    },
    ...(contentType !== undefined && { contentType }),
    ...(tags !== undefined && { tags }),
    ...(managed && { managed, kid: `${url}/keys/${name}/${id}` }),
  };
}

export function newVersion(value: string, created: number, given: NewVersion): Version {
  return {
    id: randomBytes(16).toString("hex"),
    value,
    created,
    contentType: undefined,
    tags: undefined,
    notBefore: undefined,
    expires: undefined,
    managed: false,
    enabled: true,
    ...given,
  };
}
