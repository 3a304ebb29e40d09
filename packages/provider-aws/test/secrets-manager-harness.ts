import type { SourceHarness } from "@secretsource/conformance";
import { type FaultyServer, faultsOf, requestsOf } from "@secretsource/conformance/wire";
import { awsSecretsManager } from "../src/index.ts";
import { FakeSecretsManager, fakeRegion } from "./fake-secrets-manager.ts";
import { errorAnswer, operationOf, testCredentials } from "./json-service.ts";

type Promised<T> = T | Promise<T>;

/** What the administrator of a Secrets Manager does, of the fake or of a server. */
export interface SecretsManagerStore {
  /** What the source is pointed at: it records, and faults. */
  readonly front: FaultyServer;
  put(name: string, payload: string | Uint8Array): Promised<string>;
  stage(name: string, payload: string | Uint8Array): Promised<string>;
  moveCurrentTo(name: string, label: "AWSPENDING" | "AWSPREVIOUS"): Promised<void>;
  label(name: string, label: string, id: string): Promised<void>;
  remove(name: string): Promised<void>;
  end(): Promise<void>;
}

const longest = "n".repeat(512);

/** All that is the same whichever server stands behind it. */
export const commonHarness = {
  promises: {
    stages: ["current", "previous", "pending"],
    versions: true,
    versionIds: true,
    labels: true,
    binary: true,
    mints: false,
    methods: ["batch", "probe", "close"],
  },
  make: ({ front }: SecretsManagerStore) =>
    awsSecretsManager({ region: fakeRegion, endpoint: front.url, credentials: testCredentials }),
  end: (store: SecretsManagerStore) => store.end(),
  limitBytes: 65_536,
  names: {
    longest,
    strange: ["production/myapp/db", "a/b_c+d=e.f@g-h", "/", "//", "..", ".", "constructor", "-", "a-b-abcdef"],
    alike: ["a/b-c", "a-b/c", "a/b/c", "A/B/C", "a-b-c", "a_b_c"],
    illegal: ["a b", "näme", "a:b", "a%2Fb", "a\\b", `${longest}n`, "🔑"],
  },
  ...faultsOf(({ front }: SecretsManagerStore) => front, {
    instead: {
      unauthenticated: errorAnswer("ExpiredTokenException", "The security token included in the request is expired"),
    },
  }),
  requests: ({ front }: SecretsManagerStore) =>
    requestsOf(front, { values: (request) => operationOf(request) !== "DescribeSecret" }),
  credentials: () => [testCredentials.secretAccessKey],
} satisfies Partial<SourceHarness<SecretsManagerStore>>;

const noDisabling = { what: ["disable"], because: "Secrets Manager has no disabled versions." } as const;
export const commonLacks = [
  noDisabling,
  { what: ["empty-values"], because: "Secrets Manager refuses a value without content." },
] as const;

export const commonSeed = {
  put: (store, name, payload) => store.put(name, payload),
  stage: (store, name, payload) => store.stage(name, payload),
  promote: (store, name) => store.moveCurrentTo(name, "AWSPENDING"),
  rollBack: (store, name) => store.moveCurrentTo(name, "AWSPREVIOUS"),
  label: (store, name, label, id) => store.label(name, label, id),
  remove: (store, name) => store.remove(name),
} satisfies SourceHarness<SecretsManagerStore>["seed"];

interface FakeStore extends SecretsManagerStore {
  readonly fake: FakeSecretsManager;
}

export const secretsManagerHarness: SourceHarness<FakeStore> = {
  ...commonHarness,
  name: "awsSecretsManager",
  async open() {
    const fake = await FakeSecretsManager.start();
    return {
      fake,
      front: fake.server,
      put: (name, payload) => fake.put(name, payload),
      stage: (name, payload) => fake.stage(name, payload),
      moveCurrentTo: (name, label) => fake.moveCurrentTo(name, label),
      label: (name, label, id) => fake.label(name, label, id),
      remove: (name) => fake.remove(name),
      end: () => fake.server.close(),
    };
  },
  seed: {
    ...commonSeed,
    deny({ fake }, name) {
      fake.deny("GetSecretValue", name);
      fake.deny("DescribeSecret", name);
    },
    denyBatch: ({ fake }) => fake.deny("BatchGetSecretValue"),
  },
  lacks: [...commonLacks],
};
