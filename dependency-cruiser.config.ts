import type { IConfiguration, IForbiddenRuleType } from "dependency-cruiser";
import {
  coreBuiltins,
  corePackages,
  floors,
  folderPackages,
  providerPackages,
  providersOfParts,
} from "./tools/import-floors.ts";

const core = "^packages/core/src/";
const tests = "[.]test[.]ts$";
const builds = "/tsup[.]config[.]ts$";
const anyOf = (names: readonly string[]) => `(?:${names.join("|")})`;
const everyFolder = floors.flat();

const floorRules = floors.flatMap((folders, height) => {
  const below = floors.slice(0, height).flat();
  return folders.map((folder): IForbiddenRuleType => {
    const allowed = [folder, ...below];
    return {
      name: `floor-of-${folder}`,
      comment: `${folder}/ may import only from ${allowed.map((name) => `${name}/`).join(", ")}. Move the code down, or hand it in as an argument.`,
      severity: "error",
      from: { path: `${core}${folder}/`, pathNot: tests },
      to: { path: core, pathNot: `${core}${anyOf(allowed)}/` },
    };
  });
});

const packagesRule = {
  comment: `The core depends on ${corePackages.join(" and ")} alone. A new dependency is a decision: tools/import-floors.ts.`,
  severity: "error",
} as const;

const folderPackageRules = Object.entries(folderPackages).map(
  ([folder, names]): IForbiddenRuleType => ({
    ...packagesRule,
    name: `core-packages-of-${folder}`,
    from: { path: `${core}${folder}/`, pathNot: tests },
    to: { path: "node_modules/", pathNot: `node_modules/${anyOf([...corePackages, ...names])}/` },
  }),
);

const providerSources = "^packages/provider-[^/]+/src/";
const sourcesOfParts = `^packages/${anyOf(Object.keys(providersOfParts))}/src/`;
const sdkFiles = "-sdk[.]ts$";
const typesAlone: ("type-only" | "type-import")[] = ["type-only", "type-import"];

const providerPackageRules = Object.entries(providerPackages).map(
  ([folder, names]): IForbiddenRuleType => ({
    name: `packages-of-${folder}`,
    comment: `${folder} depends on ${names.join(" and ")} alone. A new dependency is a decision: tools/import-floors.ts.`,
    severity: "error",
    from: { path: `^packages/${folder}/src/`, pathNot: tests },
    to: { path: "node_modules/", pathNot: `node_modules/${anyOf(names)}/` },
  }),
);

const providerRules: IForbiddenRuleType[] = [
  {
    name: "provider-without-a-list",
    comment: "List the SDKs of the new provider in tools/import-floors.ts.",
    severity: "error",
    from: { path: providerSources, pathNot: [tests, `^packages/${anyOf(Object.keys(providerPackages))}/`] },
    to: { path: "node_modules/" },
  },
  {
    name: "provider-entries-of-core",
    comment:
      "A provider needs the source contract and its kit: import `@secretsource/core/source` and `@secretsource/core/source-kit`.",
    severity: "error",
    from: { path: providerSources, pathNot: tests },
    to: { path: core, pathNot: `${core}source(?:-kit)?/index[.]ts$` },
  },
  {
    name: "sdks-in-their-files",
    comment: "Only a file `*-sdk.ts` imports an SDK: what it needs of it, and nothing else.",
    severity: "error",
    from: { path: providerSources, pathNot: [tests, sdkFiles] },
    to: { path: "node_modules/" },
  },
  {
    name: "sdks-on-first-use",
    comment: "Load it by `await import()` when it is first needed: to import a provider costs nothing.",
    severity: "error",
    from: { path: providerSources, pathNot: tests },
    to: { path: sdkFiles, dynamic: false, dependencyTypesNot: typesAlone },
  },
  {
    name: "calls-on-first-use",
    comment: "Load it by `await import()`, with the first call: what calls need would be compiled by every start.",
    severity: "error",
    from: { path: sourcesOfParts, pathNot: [tests, sdkFiles] },
    to: { path: `${sourcesOfParts}.*-calls[.]ts$`, dynamic: false, dependencyTypesNot: typesAlone },
  },
  {
    name: "sdk-files-are-leaves",
    comment:
      "What a file `*-sdk.ts` shares with the others would be built into a further file, which every start loads.",
    severity: "error",
    from: { path: `${providerSources}.*${sdkFiles}`, pathNot: sourcesOfParts },
    to: { path: providerSources, dependencyTypesNot: typesAlone },
  },
];

const otherRules: IForbiddenRuleType[] = [
  {
    name: "folder-without-a-floor",
    comment: "Give the new folder its floor in tools/import-floors.ts.",
    severity: "error",
    from: {},
    to: { path: `${core}[^/]+/`, pathNot: `${core}${anyOf(everyFolder)}/` },
  },
  {
    name: "root-entry-stays-small",
    comment: "What stands at the root of the core is loaded by everybody; these folders are entries of their own.",
    severity: "error",
    from: { path: `${core}[^/]+$`, pathNot: tests },
    to: { path: `${core}${anyOf(["config", "testing", "otel"])}/` },
  },
  {
    name: "no-cycles",
    comment: "Cut the cycle: move what both need into a file of its own, on the lower floor.",
    severity: "error",
    from: {},
    to: { circular: true },
  },
  {
    ...packagesRule,
    name: "core-packages",
    from: { path: core, pathNot: [tests, `${core}${anyOf(Object.keys(folderPackages))}/`] },
    to: { path: "node_modules/", pathNot: `node_modules/${anyOf(corePackages)}/` },
  },
  {
    name: "core-builtins",
    comment: "A further Node module in the core is a decision: tools/import-floors.ts.",
    severity: "error",
    from: { path: core, pathNot: tests },
    to: { dependencyTypes: ["core"], pathNot: `^(?:node:)?${anyOf(coreBuiltins)}$` },
  },
  {
    name: "no-tests-in-the-product",
    comment: "A test file, a test folder or the test runner must not be reachable from what is published.",
    severity: "error",
    from: { path: "^packages/[^/]+/src/", pathNot: [tests, "^packages/conformance/"] },
    to: { path: [tests, "^packages/[^/]+/test/", "node_modules/(?:vitest|fast-check)/"] },
  },
  {
    name: "servers-by-their-entry",
    comment:
      "Of the tools, a test folder may import the entries of tools/servers, which starts servers, and of tools/manifests, which checks them; nothing else may.",
    severity: "error",
    from: { path: "^packages/", pathNot: builds },
    to: { path: "^tools/", pathNot: "^tools/(?:servers|manifests)/index[.]ts$" },
  },
  {
    name: "servers-for-tests-alone",
    comment: "What is published must not need the servers of the tests.",
    severity: "error",
    from: { path: "^packages/[^/]+/", pathNot: ["^packages/[^/]+/test/", builds] },
    to: { path: "^tools/" },
  },
  {
    name: "no-back-doors",
    comment: "Import another package by its name, through one of its entries.",
    severity: "error",
    // The one page that tells what every store lacks is made of what the stores' own tests declare.
    from: { path: "^(packages|examples)/([^/]+)/", pathNot: "^packages/conformance/test/docs/store-harnesses[.]ts$" },
    to: {
      path: "^packages/[^/]+/",
      pathNot: ["^$1/$2/", "^packages/[^/]+/src/index[.]ts$", "^packages/[^/]+/src/[^/]+/index[.]ts$"],
    },
  },
  {
    name: "imports-resolve",
    comment: "The module does not exist, or its package is not among this package's dependencies.",
    severity: "error",
    from: {},
    to: { couldNotResolve: true },
  },
];

export const rules: IForbiddenRuleType[] = [
  ...floorRules,
  ...folderPackageRules,
  ...providerPackageRules,
  ...providerRules,
  ...otherRules,
];

const config: IConfiguration = {
  forbidden: rules,
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)dist/" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "types", "default"] },
  },
};

export default config;
