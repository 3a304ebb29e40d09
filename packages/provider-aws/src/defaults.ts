/** Every number of these sources that a user can feel. `docs/defaults.md` is compared with it. */
export const awsDefaults = {
  /** Secrets in one BatchGetSecretValue, the most that it takes. */
  secretsAtOnce: 20,
  /** Parameters in one GetParameters, and in a page of a tree, the most that they take. */
  parametersAtOnce: 10,
  /** Passes over a tree of several pages until two agree. */
  treePasses: 3,
  /** The most bytes of an answer: twenty secrets of 65,536 bytes, every one of them escaped, have room in it. */
  maxBytes: 16 * 1024 * 1024,
  /** One request for credentials, to STS say, that takes longer has failed: the last attempt of a call makes another. */
  credentialsMs: 5000,
  /** The SDK's own: the retries are core's. */
  sdkAttempts: 1,
  /** Where AWS's caches listen on the machine. */
  agentPort: 2773,
  /** The most bytes of one of their answers: 65,536 bytes, each of them escaped as six characters, have room in it. */
  agentMaxBytes: 1024 * 1024,
} as const;
