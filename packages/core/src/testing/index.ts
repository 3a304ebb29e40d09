export { assertLeaksNothing, type Canaries } from "./assert-leaks-nothing.ts";
export { type Minted, type MintedOptions, minted } from "./minted.ts";
export type { MockCall, MockMethod } from "./mock-call.ts";
export type { MockControls, MockFacts, MockFailOptions, MockValue } from "./mock-controls.ts";
export type { MockCapabilities, MockOptions, MockSeed } from "./mock-options.ts";
export { type MockSource, mockSource } from "./mock-source.ts";
export { type TestSecrets, type TestSecretsOptions, testSecrets } from "./test-secrets.ts";
export { type VirtualClock, virtualClock } from "./virtual-clock.ts";
export { withTestSecrets } from "./with-test-secrets.ts";
