import type { SourceFailure } from "@secretsource/core/source";
import { gcpDefaults } from "./defaults.ts";
import { isFailure } from "./is-failure.ts";
import type { SecretVersionFacts } from "./secret-manager-methods.ts";
import type { SecretRequests } from "./secret-requests.ts";
import { versionNumberIn } from "./version-number.ts";
import { type VersionState, versionStateOf } from "./version-states.ts";

export interface ListedVersion {
  readonly number: string;
  readonly state: VersionState | undefined;
}

/** The newest version of all; undefined where there is none. */
export async function newestVersion(requests: SecretRequests): Promise<ListedVersion | undefined | SourceFailure> {
  const page = await requests.list({ pageSize: 1, enabledOnly: false });
  return isFailure(page) ? page : newestFirst(page.versions, requests)[0];
}

/**
 * The newest enabled versions, the newest first: as many as are wanted, or all there are. The service sorts and filters
 * (`ListSecretVersions` of google/cloud/secretmanager/v1/service.proto), so that one page is enough whatever the number of
 * versions; a page may be short and not be the last, which is followed for a few pages.
 */
export async function newestEnabled(
  requests: SecretRequests,
  wanted: number,
): Promise<readonly ListedVersion[] | SourceFailure> {
  const found: ListedVersion[] = [];
  let pageToken: string | undefined;
  for (let pages = 0; pages < gcpDefaults.pages; pages += 1) {
    const page = await requests.list({ pageSize: gcpDefaults.pageVersions, pageToken, enabledOnly: true });
    if (isFailure(page)) return page;
    // Not every emulator knows the filter.
    for (const one of newestFirst(page.versions, requests)) {
      // A version that is added between two pages moves the others on, and the last one of a page is on the next one too.
      const isNew = !found.some(({ number }) => number === one.number);
      if (one.state === "enabled" && isNew) found.push(one);
    }
    if (found.length >= wanted || page.nextPageToken === undefined) return found;
    pageToken = page.nextPageToken;
  }
  return tooManyPages;
}

function newestFirst(versions: readonly SecretVersionFacts[], { path }: SecretRequests): ListedVersion[] {
  return versions
    .flatMap(({ name, state }) => {
      const number = versionNumberIn(name, path);
      return number === undefined ? [] : [{ number, state: versionStateOf(state) }];
    })
    .sort((one, other) => Number(other.number) - Number(one.number));
}

const tooManyPages: SourceFailure = {
  failure: "unsupported",
  advice: `The newest enabled versions are not among the first ${gcpDefaults.pages} pages of the list: delete old versions, or ask for a version by its number.`,
};
