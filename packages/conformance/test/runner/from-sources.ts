import { registerHooks } from "node:module";

const ours = /^@secretsource\/(?<name>[^/]+)(?:\/(?<entry>.+))?$/;

// Node runs the packages' sources as they are; for everybody else their names lead to what was built.
registerHooks({
  resolve(specifier, context, next) {
    const { name, entry = "." } = ours.exec(specifier)?.groups ?? {};
    if (name === undefined) return next(specifier, context);
    return next(new URL(`../../../${name}/src/${entry}/index.ts`, import.meta.url).href, context);
  },
});
