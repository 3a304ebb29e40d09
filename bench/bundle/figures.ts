/** Bytes of one part of the bundle, minified. */
export interface BundlePart {
  readonly part: string;
  readonly minified: number;
}

/** Sizes in bytes. */
export interface BundleFigures {
  readonly importing: string;
  readonly minified: number;
  readonly gzipped: number;
  readonly gzippedWithoutLruCache: number;
  readonly aimGzipped: number;
  /** Gzipped, with code splitting: the parts that are loaded without a dynamic import. */
  readonly atStart: number;
  readonly parts: readonly BundlePart[];
}
