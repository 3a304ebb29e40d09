/** What each call of ours needs to be allowed: the permission of an access policy. */
export type VaultPermission = "get" | "list";
