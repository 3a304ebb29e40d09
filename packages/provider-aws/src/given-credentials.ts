import { type AwsCredentials, areCredentials } from "./aws-credentials.ts";
import { awsFailure } from "./aws-failures.ts";

/**
 * Calls the function of the options. What the SDK's own providers throw says what it is; of anything else the text may
 * quote a key, and says nothing to the SDK.
 */
export async function givenCredentials(get: () => Promise<AwsCredentials>): Promise<AwsCredentials> {
  try {
    const given: unknown = await get();
    if (areCredentials(given)) return given;
  } catch (error) {
    if (awsFailure(error) !== undefined) throw error;
  }
  throw Object.assign(new Error("No credentials"), { name: "CredentialsFunctionFailed" });
}
