import { mkdir, readdir, readlink, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * A directory of secrets as the kubelet mounts it: the files of one publication lie in a directory of their own,
 * `..data` points to it, and `KEY` is a link to `..data/KEY`. Renaming a new link over `..data` swaps all at once.
 */
export class MountedSecrets {
  readonly directory: string;
  #publications = 0;

  constructor(directory: string) {
    this.directory = directory;
  }

  async publish(files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
    const before = await this.#published();
    this.#publications += 1;
    const target = `..publication_${this.#publications}`;
    await mkdir(join(this.directory, target), { recursive: true });
    for (const [name, content] of Object.entries(files)) await writeFile(join(this.directory, target, name), content);
    await symlink(target, join(this.directory, "..data_tmp"));
    await rename(join(this.directory, "..data_tmp"), join(this.directory, "..data"));
    await this.#link(Object.keys(files));
    if (before !== undefined) await rm(join(this.directory, before), { recursive: true });
  }

  async #published(): Promise<string | undefined> {
    try {
      return await readlink(join(this.directory, "..data"));
    } catch {
      return undefined;
    }
  }

  async #link(names: readonly string[]): Promise<void> {
    const linked = (await readdir(this.directory)).filter((name) => !name.startsWith(".."));
    for (const name of names.filter((one) => !linked.includes(one))) {
      await symlink(join("..data", name), join(this.directory, name));
    }
    for (const name of linked.filter((one) => !names.includes(one))) await rm(join(this.directory, name));
  }
}
