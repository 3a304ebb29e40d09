/** Calls it. One that throws at once rejects, and one that gives no promise resolves. */
export function called<T>(run: () => Promise<T>): Promise<T> {
  try {
    return Promise.resolve(run());
  } catch (error) {
    return Promise.reject(error);
  }
}
