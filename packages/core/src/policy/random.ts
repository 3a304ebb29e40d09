/** Uniform in [0, 1), like `Math.random`; injected, so that simulations and tests repeat. */
export type Random = () => number;
