import type { Engine } from "../cache/engine.ts";
import type { SecretsErrorCode } from "../errors/error-code.ts";
import { Lane } from "../fetch/lane.ts";
import { SourcePort } from "../fetch/source-port.ts";
import type { SourceSetting } from "./settings.ts";

/** Every source behind a port of its own, also each member of a fallback. */
export function makeLanes(sources: readonly SourceSetting[], engine: Engine): ReadonlyMap<string, Lane> {
  const lanes = sources.map(({ name, members, when, policy }) => {
    const degraded = (code: SecretsErrorCode, message: string) =>
      engine.tell({ type: "degraded", source: name, code, message, at: engine.clock.now() });
    const ports = members.map(
      (source) =>
        new SourcePort(source, {
          ...engine,
          onBatchRefused: (code) =>
            degraded(code, `The batch request of ${source.kind} was refused; its secrets are read one by one.`),
          onProbeRefused: (code) =>
            degraded(code, `The version look-up of ${source.kind} was refused; its secrets are read whole.`),
        }),
    );
    return [name, new Lane(name, ports, when, policy)] as const;
  });
  return new Map(lanes);
}
