/** The containers of a Pod, each in a line: what it does, since when, how often it was started again and how it ended before. */
import { isRestartableInitContainer } from '../engine/api/pod-resources';
import type { ContainerState, ContainerStatus, Pod } from '../engine/api/types';

/** See the header. Texts are Kubernetes' own words. */
export interface ContainerLine {
  readonly name: string;
  readonly role: 'init' | 'sidecar' | 'app' | 'ephemeral';
  readonly image: string;
  /** `Running`, `Waiting: CrashLoopBackOff`, `Terminated: Error (1)`. */
  readonly state: string;
  readonly look: 'ready' | 'notReady' | 'creating' | 'failed' | 'succeeded' | 'pending';
  readonly restarts: number;
  /** How it ended the last time, in the same words. */
  readonly last: string | undefined;
}

function stateText({ running, waiting, terminated }: ContainerState): string {
  if (running) return 'Running';
  if (terminated) return `Terminated: ${terminated.reason || 'Ended'} (${terminated.exitCode})`;
  return waiting?.reason ? `Waiting: ${waiting.reason}` : 'Waiting';
}

const FAILING = /BackOff|Err|Error|Invalid|CannotRun/;

/** Nobody waits for an ephemeral container to be ready. */
function lookOf(status: ContainerStatus | undefined, role: ContainerLine['role']): ContainerLine['look'] {
  const { running, waiting, terminated } = status?.state ?? {};
  if (running) return status?.ready || role === 'ephemeral' ? 'ready' : 'notReady';
  if (terminated) return terminated.exitCode === 0 ? 'succeeded' : 'failed';
  if (!waiting) return 'pending';
  return FAILING.test(waiting.reason ?? '') ? 'failed' : 'creating';
}

/** See the header: init containers first, as they run; what was put into it for debugging last. */
export function containerLines({ spec, status }: Pod): ContainerLine[] {
  const lineOf = (
    container: { readonly name: string; readonly image?: string },
    role: ContainerLine['role'],
    statuses: readonly ContainerStatus[] | undefined,
  ): ContainerLine => {
    const own = statuses?.find(({ name }) => name === container.name);
    return {
      name: container.name,
      role,
      image: container.image ?? '',
      state: own ? stateText(own.state ?? {}) : 'Waiting',
      look: lookOf(own, role),
      restarts: own?.restartCount ?? 0,
      last: own?.lastState?.terminated ? stateText(own.lastState) : undefined,
    };
  };
  return [
    ...(spec.initContainers ?? []).map((container) =>
      lineOf(container, isRestartableInitContainer(container) ? 'sidecar' : 'init', status?.initContainerStatuses),
    ),
    ...spec.containers.map((container) => lineOf(container, 'app', status?.containerStatuses)),
    ...(spec.ephemeralContainers ?? []).map((container) =>
      lineOf(container, 'ephemeral', status?.ephemeralContainerStatuses),
    ),
  ];
}
