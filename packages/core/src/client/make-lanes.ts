import type { Engine } from "../cache/engine.ts";
import { selectorText } from "../cache/tell.ts";
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
          onBatchRefused: (code) => {
            const message = `The batch request of ${source.kind} was refused; its secrets are read one by one.`;
            engine.tell({ type: "degraded", source: name, code, message, at: engine.clock.now() });
          },
          // Nothing works less well: what is polled is read whole, which every source without a look-up does as well.
          onProbeRefused: (code, ref) => {
            const message = `The version look-up of ${source.kind} was refused (${code}); its secrets are read whole instead.`;
            const about = { source: name, secretName: ref.name, selector: selectorText(ref.version) };
            engine.tell({ ...about, type: "warning", message, at: engine.clock.now() });
          },
        }),
    );
    return [name, new Lane(name, ports, when, policy)] as const;
  });
  return new Map(lanes);
}
