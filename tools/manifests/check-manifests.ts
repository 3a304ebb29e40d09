import { projectFiles, readProjectFile } from "../project-files.ts";
import { report } from "../report.ts";
import { findingsInManifests } from "./findings-in-manifests.ts";

const manifests = projectFiles().filter((path) => /^(?:examples|docs)\/.*[.]ya?ml$/.test(path));
const findings = await Promise.all(manifests.map((path) => findingsInManifests(path, readProjectFile(path))));

report(`manifests (${manifests.length} files)`, findings.flat());
