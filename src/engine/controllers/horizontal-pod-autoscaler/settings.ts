/** The controller's flags and what an autoscaler says over them. Follows pkg/controller/podautoscaler/config and tolerancesForHpa in horizontal.go. */
import { parseDuration } from '../../api/duration';
import { parseQuantity } from '../../api/quantity';
import type { HorizontalPodAutoscaler } from '../../api/types';
import type { Context } from '../../client/component';
import type { Tolerances } from './replica-calculator';

/** What calculations depend on beside the cluster. */
export interface Settings {
  readonly tolerances: Tolerances;
  readonly cpuInitializationMs: number;
  readonly initialReadinessMs: number;
}

const PREFIX = 'horizontal-pod-autoscaler-';

function durationFlag(context: Context, name: string, defaultMs: number): number {
  const parsed = parseDuration(context.flag(PREFIX + name) ?? '');
  return 'ms' in parsed && parsed.ms > 0 ? parsed.ms : defaultMs;
}

/** How long an autoscaler waits between two looks. */
export function syncPeriodMs(context: Context): number {
  return durationFlag(context, 'sync-period', 15_000);
}

/** How long shrinking waits where nothing else is said. */
export function downscaleStabilizationMs(context: Context): number {
  return durationFlag(context, 'downscale-stabilization', 300_000);
}

const NANO = 1e9;

/** The settings for one autoscaler. */
export function settingsOf(context: Context, { spec }: HorizontalPodAutoscaler): Settings {
  const flag = Number(context.flag(`${PREFIX}tolerance`) ?? Number.NaN);
  const tolerance = flag >= 0 ? flag : 0.1;
  const own = (text: string | undefined) => (text === undefined ? tolerance : Number(parseQuantity(text).nano) / NANO);
  return {
    tolerances: {
      scaleDown: own(spec.behavior?.scaleDown?.tolerance),
      scaleUp: own(spec.behavior?.scaleUp?.tolerance),
    },
    cpuInitializationMs: durationFlag(context, 'cpu-initialization-period', 300_000),
    initialReadinessMs: durationFlag(context, 'initial-readiness-delay', 30_000),
  };
}
