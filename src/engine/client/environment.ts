/**
 * What surrounds the cluster and is no API object: which faults are active. Plain data, part of every checkpoint; only
 * the `fault` component writes it.
 */

/** The type under which it is noted that a process has lost its Lease: no fault that anybody causes, but it stops the process. */
export const LEADERSHIP_LOST = 'leadership-lost';

/** One active fault. Several of one kind may overlap; each has its own key in the environment. */
export interface ActiveFault {
  readonly type: string;
  readonly node?: string;
  readonly component?: string;
  readonly image?: string;
  readonly latencyMs?: number;
  readonly sinceMs: number;
  /** The step in which it struck. */
  readonly step: number;
}

/** One that is over. */
export interface EndedFault extends ActiveFault {
  readonly untilMs: number;
}

/** As a checkpoint keeps it. */
export interface ReadonlyEnvironment {
  readonly faults: ReadonlyMap<string, ActiveFault>;
  readonly ended: readonly EndedFault[];
}

/** The faults that are active now, by key, and those that have just ended, for whoever works out a second when it is over. */
export interface Environment {
  readonly faults: Map<string, ActiveFault>;
  readonly ended: EndedFault[];
}

const NONE: readonly ActiveFault[] = [];
/** A copy, for a checkpoint. */
export const savedEnvironment = ({ faults, ended }: Environment): Environment => ({
  faults: new Map(faults),
  ended: [...ended],
});

/** Puts what was saved into an environment in which nothing has happened. */
export function restoreEnvironment({ faults, ended }: Environment, saved: ReadonlyEnvironment): void {
  for (const [key, fault] of saved.faults) faults.set(key, fault);
  ended.push(...saved.ended);
}

/** How long an ended fault is remembered: as long as the network can be asked about what was. */
const REMEMBERED_MS = 10_000;

/** Ends a fault; what it was, if there was one of that key. */
export function endFault({ faults, ended }: Environment, key: string, nowMs: number): ActiveFault | undefined {
  const fault = faults.get(key);
  if (!fault) return undefined;
  faults.delete(key);
  const late = ended.filter(({ untilMs }) => untilMs > nowMs - REMEMBERED_MS);
  ended.splice(0, ended.length, ...late, { ...fault, untilMs: nowMs });
  return fault;
}

/** The faults that held at a moment, now or a few seconds ago. */
export function faultsAt({ faults, ended }: Environment, atMs: number): readonly ActiveFault[] {
  if (faults.size === 0 && ended.length === 0) return NONE;
  return [...faults.values(), ...ended.filter(({ untilMs }) => atMs < untilMs)].filter(
    ({ sinceMs }) => sinceMs <= atMs,
  );
}

/** The faults that somebody caused. */
export function faultsIn(environment: Environment | undefined): readonly ActiveFault[] {
  return [...(environment?.faults.values() ?? [])].filter(({ type }) => type !== LEADERSHIP_LOST);
}

/** True while a fault of this type, and of this node if one is given, is active. */
export function hasFault(
  environment: Environment,
  type: string,
  where: Partial<Pick<ActiveFault, 'node' | 'component' | 'image'>> = {},
): boolean {
  if (environment.faults.size === 0) return false;
  for (const fault of environment.faults.values()) {
    if (fault.type !== type) continue;
    if (where.node !== undefined && fault.node !== where.node) continue;
    if (where.component !== undefined && fault.component !== where.component) continue;
    if (where.image !== undefined && fault.image !== where.image) continue;
    return true;
  }
  return false;
}

/** The process that serves metrics.k8s.io, which a scenario may have. */
export const METRICS_SERVER = 'metrics-server';

/** True while it is stopped. */
export const isMetricsServerDown = (environment: Environment): boolean =>
  hasFault(environment, 'component-down', { component: METRICS_SERVER });

/** That a process has lost its Lease, while it has none; undefined else. */
export function leadershipLost({ faults }: Environment, component: string): ActiveFault | undefined {
  return faults.get(leadershipKey(component));
}

/** The key under which that is noted. */
export const leadershipKey = (component: string): string => `leadership/${component}`;

/** True while no request is answered: without etcd the API server can't answer either. */
export function isApiServerDown(environment: Environment): boolean {
  return (
    hasFault(environment, 'api-server-down') ||
    ['kube-apiserver', 'etcd'].some((component) => hasFault(environment, 'component-down', { component }))
  );
}

/** How much longer etcd takes to answer; the slowest counts. */
export function storageLatencyMs({ faults }: Environment): number {
  let slowest = 0;
  for (const { type, latencyMs = 0 } of faults.values())
    if (type === 'etcd-slow') slowest = Math.max(slowest, latencyMs);
  return slowest;
}
