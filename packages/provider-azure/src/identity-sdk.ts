// Imported on first use alone: an optional package, and a large one.
export { DefaultAzureCredential } from "@azure/identity";
