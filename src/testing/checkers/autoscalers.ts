/**
 * An autoscaler sets no size outside of its bounds, and does not take back within the stabilization window what it has just given: a size
 * that it chose for a load stays for five minutes where nothing else is said.
 */
import { keyOf } from '../../engine/api/meta';
import type { Deployment, HorizontalPodAutoscaler } from '../../engine/api/types';
import { type Checker, nameOf } from './history';

const CONTROLLER = 'horizontal-pod-autoscaler-controller';
const WINDOW_MS = 300_000;

/** A size, and when it was given, or taken away. */
interface Given {
  readonly replicas: number;
  readonly atMs: number;
}

export const autoscalers: Checker = {
  name: 'autoscalers',
  begin: (complain, { steps }) => {
    /** By key of the target: sizes that were raised to. */
    const raised = new Map<string, Given[]>();
    /** By key of the target: its size, also when it is gone; and those that somebody else took away. */
    const sizes = new Map<string, number>();
    const lowered = new Map<string, Given[]>();
    const recent = (all: ReadonlyMap<string, readonly Given[]>, key: string, nowMs: number): Given[] =>
      (all.get(key) ?? []).filter(({ atMs }) => nowMs - atMs < WINDOW_MS);
    // A controller that starts anew has forgotten what it recommended.
    const restarts = steps
      .filter(({ actor, message }) => actor === 'fault' && /controller-manager/.test(message))
      .map(({ time }) => time);
    return {
      change: ({ kind, key, value, previous, atMs }, state, step) => {
        if (kind === 'HorizontalPodAutoscaler' && !previous) raised.delete(key);
        if (kind !== 'Deployment' || !value) return;
        const after = (value as Deployment).spec.replicas ?? 1;
        const before = sizes.get(key) ?? after;
        sizes.set(key, after);
        if (step?.actor !== CONTROLLER) {
          if (after < before) lowered.set(key, [...recent(lowered, key, atMs), { replicas: before, atMs }]);
          return;
        }
        const autoscaler = state.find<HorizontalPodAutoscaler>('HorizontalPodAutoscaler', keyOf(value));
        if (!autoscaler) {
          complain(`${nameOf(value)} was scaled, but nothing scales it`);
          return;
        }
        const { minReplicas = 1, maxReplicas, behavior } = autoscaler.spec;
        if (after < minReplicas || after > maxReplicas)
          complain(`${nameOf(value)} was scaled to ${after}, which is not within ${minReplicas} and ${maxReplicas}`);
        const given = recent(raised, key, atMs);
        const isForgotten = restarts.some((time) => time <= atMs && atMs - time < 2 * WINDOW_MS);
        if (after < before && before <= maxReplicas && !behavior && !isForgotten) {
          const larger = given.find(({ replicas }) => replicas > after);
          if (larger)
            complain(
              `${nameOf(value)} was scaled down to ${after} ${atMs - larger.atMs} ms after it was scaled up to ${larger.replicas}`,
            );
        }
        // What others took away may come back for the sake of an old recommendation, of which less than the window is left.
        const isBack = recent(lowered, key, atMs).some(({ replicas }) => after <= replicas);
        raised.set(key, after > before && !isBack ? [...given, { replicas: after, atMs }] : given);
      },
      settled: (state) => {
        for (const autoscaler of state.list<HorizontalPodAutoscaler>('HorizontalPodAutoscaler')) {
          const { minReplicas = 1, maxReplicas } = autoscaler.spec;
          const target = state.find<Deployment>('Deployment', keyOf(autoscaler));
          const { replicas = 1 } = target?.spec ?? {};
          if (!target || replicas === 0 || (replicas >= minReplicas && replicas <= maxReplicas)) continue;
          complain(`${nameOf(target)} ends with ${replicas}, not within ${minReplicas} and ${maxReplicas}`);
        }
      },
    };
  },
};
