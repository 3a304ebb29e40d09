import { type DefaultScope, withDefault } from "./default-override.ts";
import type { MockSeed } from "./mock-options.ts";
import { type TestSecrets, type TestSecretsOptions, testSecrets } from "./test-secrets.ts";

type Run<T, Name extends string> = (test: TestSecrets<Name>) => T | Promise<T>;

/**
 * Runs one test with a process default of its own: `getSecret()` and `loadConfig()` that are called from `run`, at once
 * or later, read from the mock. Everybody else sees the real default, also while several of these run at the same time;
 * it is back as soon as `run` has ended, however that was. What `run` configures by `configureSecrets` ends with it too.
 *
 * ```ts
 * await withTestSecrets({ stripe: "one" }, async ({ source }) => {
 *   assert.equal((await getSecret("stripe")).reveal(), "one");
 * });
 * ```
 *
 * @returns What `run` gives.
 * @throws What `run` throws; else what closing throws, where a timer is left pending.
 */
export function withTestSecrets<T>(seed: MockSeed, run: Run<T, never>): Promise<T>;
export function withTestSecrets<T, Name extends string = never>(
  seed: MockSeed,
  options: TestSecretsOptions<Name>,
  run: Run<T, Name>,
): Promise<T>;
export async function withTestSecrets<T>(
  seed: MockSeed,
  second: TestSecretsOptions | Run<T, string>,
  third?: Run<T, string>,
) {
  const [options, run] = typeof second === "function" ? [undefined, second] : [second, third as Run<T, string>];
  const test = testSecrets(seed, options);
  const own = Object.freeze({ secrets: test.secrets, implicit: false });
  const scope: DefaultScope = { held: own };
  let value: T;
  try {
    value = await withDefault(scope, () => run(test));
  } catch (error) {
    // What fails to close after that is no news.
    await end(test, scope).catch(() => {});
    throw error;
  }
  await end(test, scope);
  return value;
}

async function end(test: TestSecrets, { held }: DefaultScope): Promise<void> {
  const configured = (held as { readonly secrets?: AsyncDisposable } | undefined)?.secrets;
  if (configured !== undefined && configured !== test.secrets) await configured[Symbol.asyncDispose]();
  await test.close();
}
