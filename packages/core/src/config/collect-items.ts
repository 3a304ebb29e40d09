import { definitionOf } from "./config-item.ts";
import type { ItemDefinition } from "./item-definition.ts";
import { itemPath } from "./item-path.ts";
import { literalProblem } from "./literal-problem.ts";
import { isPlainList, isPlainObject } from "./plain.ts";

type Fill = (value: unknown) => void;

/** A place of a config that is not good as it was written: an item that is to be read, or a mistake. */
export type Place =
  | { readonly path: string; readonly item: ItemDefinition; readonly fill: Fill; readonly mistake?: undefined }
  | { readonly path: string; readonly mistake: string; readonly item?: undefined };

const deepest = 100;

/**
 * Copies the plain objects and lists of a config and finds the items in them. Each property is read once.
 *
 * @returns Its places in the order in which they were written; the copy is complete when all of them are filled.
 */
export function collectItems(spec: unknown): { readonly config: unknown; readonly places: readonly Place[] } {
  const walk = new Walk();
  walk.visit(
    "",
    () => spec,
    (copy) => {
      walk.config = copy;
    },
  );
  return walk;
}

class Walk {
  config: unknown;
  readonly places: Place[] = [];
  readonly #ancestors = new Set<object>();

  visit(path: string, read: () => unknown, fill: Fill): void {
    try {
      const value = read();
      const item = definitionOf(value);
      if (item !== undefined) this.places.push({ path, item, fill });
      else if (isPlainList(value)) this.#visitList(value, path, fill);
      else if (isPlainObject(value)) this.#visitObject(value, path, fill);
      else this.#visitLiteral(value, path, fill);
    } catch {
      // What a getter or a proxy throws may quote a value.
      this.#mistake(path, "It cannot be read: a getter or a proxy there throws.");
    }
  }

  #visitLiteral(value: unknown, path: string, fill: Fill): void {
    const mistake = literalProblem(value);
    if (mistake === undefined) fill(value);
    else this.#mistake(path, mistake);
  }

  #visitList(list: readonly unknown[], path: string, fill: Fill): void {
    const copy: unknown[] = [];
    fill(copy);
    this.#inside(list, path, () => {
      for (let index = 0; index < list.length; index++) {
        this.visit(
          itemPath(path, index),
          () => list[index],
          (value) => {
            copy[index] = value;
          },
        );
      }
    });
  }

  #visitObject(object: object, path: string, fill: Fill): void {
    const copy: Record<string, unknown> = {};
    fill(copy);
    const keys = Reflect.ownKeys(object).filter((key) => Object.prototype.propertyIsEnumerable.call(object, key));
    this.#inside(object, path, () => {
      for (const key of keys) {
        if (typeof key === "symbol") this.#mistake(path, "It has a symbol as a key; keys are strings.");
        else this.#visitProperty(object, key, copy, path);
      }
    });
  }

  #visitProperty(object: object, key: string, copy: Record<string, unknown>, parent: string): void {
    const path = itemPath(parent, key);
    if (key === "__proto__") {
      this.#mistake(path, "A key `__proto__` would change what the config is: take another.");
      return;
    }
    // In its place from the start, so that the config has the order in which it was written.
    copy[key] = undefined;
    this.visit(
      path,
      () => (object as Record<string, unknown>)[key],
      (value) => {
        copy[key] = value;
      },
    );
  }

  #inside(container: object, path: string, visitAll: () => void): void {
    if (this.#ancestors.has(container)) this.#mistake(path, "It holds itself: a config has an end.");
    else if (this.#ancestors.size >= deepest) this.#mistake(path, `It is more than ${deepest} levels deep.`);
    else {
      this.#ancestors.add(container);
      visitAll();
      this.#ancestors.delete(container);
    }
  }

  #mistake(path: string, mistake: string): void {
    this.places.push({ path, mistake });
  }
}
