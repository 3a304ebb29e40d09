export { type InstrumentOptions, instrumentSecrets } from "./instrument-secrets.ts";
