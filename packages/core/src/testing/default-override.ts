import { AsyncLocalStorage } from "node:async_hooks";
import { defaultSlot as slot } from "../client/process-default.ts";

// The ESM and the CJS copy of this package share it, as they share the slot.
const shared = Symbol.for("secretsource.testing");

/** What stands in the slot of the process's default; undefined: nothing is configured. */
type Held = object | undefined;

/** A process default of one's own. What is configured inside of it stays inside. */
export interface DefaultScope {
  held: Held;
}

interface Override {
  readonly scopes: AsyncLocalStorage<DefaultScope>;
  /** What everybody else sees. */
  readonly outside: DefaultScope;
  open: number;
}

const globals = globalThis as { [slot]?: Held; [shared]?: Override };

/**
 * Runs `run` with another process default. Whoever is called from there, at once or later, sees it; everybody else sees
 * the real one, however many run at the same time.
 */
export async function withDefault<T>(scope: DefaultScope, run: () => T | Promise<T>): Promise<T> {
  const override = globals[shared] ?? install();
  override.open += 1;
  try {
    return await override.scopes.run(scope, async () => run());
  } finally {
    override.open -= 1;
    if (override.open === 0) uninstall(override);
  }
}

/** The slot becomes a property that looks at who asks: the product knows nothing of it and pays nothing for it. */
function install(): Override {
  const override: Override = { scopes: new AsyncLocalStorage(), outside: { held: globals[slot] }, open: 0 };
  const scope = () => override.scopes.getStore() ?? override.outside;
  Object.defineProperty(globals, slot, {
    configurable: true,
    enumerable: true,
    get: () => scope().held,
    set: (held: Held) => {
      scope().held = held;
    },
  });
  globals[shared] = override;
  return override;
}

function uninstall({ outside }: Override): void {
  delete globals[shared];
  delete globals[slot];
  if (outside.held !== undefined) globals[slot] = outside.held;
}
