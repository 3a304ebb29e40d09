/** The two functions that the suite needs of a test runner: `{ describe, test }` of vitest, jest or `node:test`. */
export interface ConformanceRunner {
  describe(title: string, body: () => void): unknown;
  test(title: string, body: () => Promise<void>): unknown;
}
