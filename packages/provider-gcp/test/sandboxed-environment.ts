import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished, vi } from "vitest";

/** Takes the machine's own credentials and project out of one test, and gives it a home folder of its own. */
export function sandboxedEnvironment() {
  const home = mkdtempSync(join(tmpdir(), "gcp-"));
  const unset = [
    "GOOGLE_APPLICATION_CREDENTIALS",
    "GOOGLE_CLOUD_PROJECT",
    "GCLOUD_PROJECT",
    "CLOUDSDK_CONFIG",
    "GCE_METADATA_HOST",
    "GCE_METADATA_IP",
    "METADATA_SERVER_DETECTION",
  ];
  for (const name of unset) vi.stubEnv(name, undefined);
  vi.stubEnv("HOME", home);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(home, { recursive: true });
  });
  return {
    /** @returns the file's path */
    write(name: string, content: string | object): string {
      const path = join(home, name);
      writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
      return path;
    },
    path: (name: string) => join(home, name),
  };
}
