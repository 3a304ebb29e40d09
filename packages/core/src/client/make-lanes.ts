import type { Engine } from "../cache/engine.ts";
import { Lane } from "../fetch/lane.ts";
import { SourcePort } from "../fetch/source-port.ts";
import type { SourceSetting } from "./settings.ts";

/** Every source behind a port of its own, also each member of a fallback. */
export function makeLanes(sources: readonly SourceSetting[], engine: Engine): ReadonlyMap<string, Lane> {
  const lanes = sources.map(({ name, members, when, policy }) => {
    const ports = members.map(
      (source) =>
        new SourcePort(source, {
          ...engine,
          onBatchRefused: (code) =>
            engine.tell({
              type: "degraded",
              source: name,
              code,
              message: `The batch request of ${source.kind} was refused; its secrets are read one by one from now on.`,
              at: engine.clock.now(),
            }),
        }),
    );
    return [name, new Lane(name, ports, when, policy)] as const;
  });
  return new Map(lanes);
}
