// Imported on first use alone, so that the SDK is.
import * as gax from "google-gax";

export { SecretManagerServiceClient } from "@google-cloud/secret-manager";
export { gax };
