export { SecretsError } from "../errors/secrets-error.ts";
export type { Clock, Timer } from "../time/clock.ts";
export { type Duration, parseDuration } from "../time/duration.ts";
export { isCertificateCode, isNetworkCode } from "./connection-codes.ts";
export { invalidOptions } from "./invalid-options.ts";
export { readOptions } from "./read-options.ts";
export { retryAfterMs } from "./retry-after.ts";
export { untilAborted } from "./until-aborted.ts";
export { type UriSettings, uriSettings } from "./uri-settings.ts";
