/** What signs the requests. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  /** When they end. The SDK asks a provider anew 5 minutes before. */
  readonly expiration?: Date | undefined;
}

export function areCredentials(given: unknown): given is AwsCredentials {
  if (typeof given !== "object" || given === null) return false;
  const { accessKeyId, secretAccessKey } = given as Partial<AwsCredentials>;
  return [accessKeyId, secretAccessKey].every((key) => typeof key === "string" && key !== "");
}
