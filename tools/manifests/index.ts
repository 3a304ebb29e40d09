export { findingsInManifests } from "./findings-in-manifests.ts";
