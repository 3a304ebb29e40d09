import type { ConfigItem } from "./config-item.ts";

/** What `loadConfig` makes of a spec: `ConfigOf<typeof spec>`. Items become their values; all of it is read-only. */
export type ConfigOf<Spec> =
  IsAny<Spec> extends true
    ? Spec
    : Spec extends ConfigItem<infer Result>
      ? ReadonlyDeep<Result>
      : Spec extends undefined
        ? never
        : Spec extends readonly unknown[]
          ? { readonly [Key in keyof Spec]: ConfigOf<Spec[Key]> }
          : IsPlain<Spec> extends true
            ? { readonly [Key in keyof Spec]: ConfigOf<Spec[Key]> }
            : Spec;

/** As frozen: plain objects and lists all the way down. Secrets, dates, maps, bytes and the like stay what they are. */
export type ReadonlyDeep<T> =
  IsAny<T> extends true
    ? T
    : T extends readonly unknown[]
      ? { readonly [Key in keyof T]: ReadonlyDeep<T[Key]> }
      : IsPlain<T> extends true
        ? { readonly [Key in keyof T]: ReadonlyDeep<T[Key]> }
        : T;

type IsAny<T> = 0 extends 1 & T ? true : false;

/** Types do not tell an instance of a class from a plain object; but a plain object of a config has no methods. */
type IsPlain<T> = T extends object
  ? T extends (...args: never) => unknown
    ? false
    : [Extract<T[keyof T], (...args: never) => unknown>] extends [never]
      ? true
      : false
  : false;
