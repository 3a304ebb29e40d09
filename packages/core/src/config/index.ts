export type { ConfigItem } from "./config-item.ts";
export type { ConfigOf, ReadonlyDeep } from "./config-types.ts";
export { type EnvItemOptions, type EnvResult, type EnvValue, env } from "./env-item.ts";
export { type LiveItemOptions, type LiveResult, live } from "./live-item.ts";
export { loadConfig } from "./load-config.ts";
export type { LoadConfigOptions } from "./load-options.ts";
export { type SecretItemOptions, secret } from "./secret-item.ts";
