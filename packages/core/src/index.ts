export { envSource } from "./built-in/env-source.ts";
export { type Fallback, fallback } from "./built-in/fallback.ts";
export { fileSource } from "./built-in/file-source.ts";
export { memorySource } from "./built-in/memory-source.ts";
export type { CloseOptions } from "./client/close-options.ts";
export { createSecrets } from "./client/create-secrets.ts";
export { getSecret } from "./client/get-secret.ts";
export type { GetSecretOptions } from "./client/get-secret-options.ts";
export type { Health, HealthProblem } from "./client/health.ts";
export type { HintOptions } from "./client/hint-options.ts";
export { configureSecrets } from "./client/process-default.ts";
export type { SecretResult, SecretValue } from "./client/secret-value.ts";
export type { Secrets } from "./client/secrets.ts";
export type {
  CommonOptions,
  OneSource,
  SecretsOptions,
  SeveralSources,
  SourceFromUri,
  SourceSettings,
} from "./client/secrets-options.ts";
export type { SecretStatus } from "./client/status.ts";
export type { AcceptAnyOptions, WatchSecretOptions, WithSecretOptions } from "./client/watch-options.ts";
export { watchSecret } from "./client/watch-secret.ts";
export { withSecret } from "./client/with-secret.ts";
export type { As } from "./decode/reading.ts";
export type { FailureCode, SecretsErrorCode } from "./errors/error-code.ts";
export type { NativeError } from "./errors/native-error.ts";
export type { Problem } from "./errors/problem.ts";
export { isSecretsError, SecretsError } from "./errors/secrets-error.ts";
export type { Freshness } from "./policy/freshness.ts";
export type { AcceptCheck } from "./rotation/accept-any.ts";
export type { LiveSecret } from "./rotation/live-secret.ts";
export type { Secret } from "./secret/secret.ts";
export type { SecretsEvent } from "./state/secrets-event.ts";
export type { Clock, Timer } from "./time/clock.ts";
export type { Duration } from "./time/duration.ts";
