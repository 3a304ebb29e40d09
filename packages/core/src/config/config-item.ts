import { displayName } from "../errors/display-name.ts";
import type { ItemDefinition } from "./item-definition.ts";

/** A registered symbol: the items and `loadConfig` may come from two copies of this package. */
const definition: unique symbol = Symbol.for("secretsource.config-item") as never;

declare const result: unique symbol;

/** An item that `loadConfig` fills in, as `secret()` and `env()` describe it. Nothing of it is a value. */
export interface ConfigItem<out Result = unknown> {
  readonly [result]: Result;
}

/** No own property that is enumerable: an item printed before it is loaded shows what it is and what to do with it. */
class Item {
  declare readonly [definition]: ItemDefinition;

  constructor(what: ItemDefinition) {
    Object.defineProperty(this, definition, { value: what });
    Object.freeze(this);
  }

  toString(): string {
    const { kind, name } = this[definition];
    return `[${kind} ${name === undefined ? "item" : displayName(name)}: pass it to loadConfig()]`;
  }

  toJSON(): string {
    return this.toString();
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

export function configItem<Result>(what: ItemDefinition): ConfigItem<Result> {
  return new Item(what) as unknown as ConfigItem<Result>;
}

/** The definition behind an item; undefined for everything else. */
export function definitionOf(value: unknown): ItemDefinition | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, definition)?.value as ItemDefinition | undefined;
}
