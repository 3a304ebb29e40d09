import fc from "fast-check";

const unit = fc.oneof(fc.integer({ min: 0, max: 0x7f }), fc.integer({ min: 0, max: 0xffff }));

/** Any text, lone surrogates too; half of it ASCII. */
export const anyText = fc.array(unit).map((units) => String.fromCharCode(...units));
