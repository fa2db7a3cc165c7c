/**
 * Faults of the world around the cluster: machines, networks, registries, processes. The `fault` component notes them in the environment,
 * which the parts concerned look at, and wakes the kubelets they befall. One-off faults (container-exit, oom-kill) leave nothing behind.
 */

import { uidOnNode } from './api/pod';
import type { Pod } from './api/types';
import { type Component, type Context, cacheOf, type Memory } from './client/component';
import {
  type ActiveFault,
  endFault,
  hasFault,
  LEADERSHIP_LOST,
  leadershipKey,
  METRICS_SERVER,
} from './client/environment';
import { AVAILABILITY } from './controllers/remote-availability/remote-availability-controller';
import { durationMs, FAULTS, type FaultKind, type FaultSpec, latencyOf, place } from './fault-kinds';
import { LEADERS } from './leader-election';
import { matchesGlob } from './machine/image-reference';
import { machineName } from './machine/machine';

interface FaultMemory extends Memory {
  /** How many faults there have been: the next one's name. */
  struck: number;
}

type FaultContext = Context<FaultMemory>;

/** The types of faults that are simulated, for documentation and validation. */
export const SIMULATED_FAULTS: readonly string[] = [...FAULTS.keys()];

/** Whether two faults are of one kind: the world is well again when none of a kind is left. */
function isAlike(left: FaultSpec | ActiveFault, right: FaultSpec | ActiveFault): boolean {
  return (['type', 'node', 'component', 'image'] as const).every((field) => left[field] === right[field]);
}

/** What there is in a cluster for faults to befall. */
export interface FaultTargets {
  readonly nodes: ReadonlySet<string>;
  /** Nodes that a component or process runs on, by its name; none for what runs beside them. */
  readonly components: ReadonlyMap<string, ReadonlySet<string>>;
  /** Processes that lead by a Lease. */
  readonly leaders: readonly string[];
}

/** What a fault is about and isn't there, or undefined. */
export function missingTarget({ node, component }: FaultSpec, targets: FaultTargets): string | undefined {
  if (node !== undefined && !targets.nodes.has(node)) return `there is no node ${node}; nothing happens`;
  if (component === undefined) return undefined;
  const places = targets.components.get(component);
  if (!places) {
    const names = [...targets.components.keys()].filter((name) => !name.includes('/')).sort();
    return `there is no component ${component}; nothing happens (there are: ${names.join(', ')})`;
  }
  if (node === undefined || places.has(node)) return undefined;
  return `there is no ${component} on node ${node}; nothing happens`;
}

/** What is wrong with a fault, or undefined when it can be applied. */
export function faultProblem(spec: FaultSpec): string | undefined {
  const kind = FAULTS.get(spec.type);
  if (!kind)
    return `the fault type "${spec.type}" is not simulated yet; nothing happens (simulated: ${SIMULATED_FAULTS.join(', ')})`;
  const missing = kind.needs.filter((field) => spec[field] === undefined);
  if (missing.length > 0) return `the fault "${spec.type}" needs ${missing.join(' and ')}; nothing happens`;
  const wrong = [spec.for, spec.latency].find((text) => text !== undefined && durationMs(text) === undefined);
  if (wrong !== undefined) return `"${wrong}" is not a duration; nothing happens`;
  return undefined;
}

/** Running Pods that a fault's `pod` and `namespace` name. */
function podsOf(context: FaultContext, spec: FaultSpec): Pod[] {
  const [first = '', second] = (spec.pod ?? '').split('/');
  const namespace = second === undefined ? spec.namespace : first;
  const pattern = second ?? first;
  return context.lister
    .list<Pod>('Pod', namespace)
    .filter((pod) => matchesGlob(pattern, pod.metadata.name) && pod.spec.nodeName !== undefined);
}

function killProcesses(context: FaultContext, spec: FaultSpec): void {
  const pods = podsOf(context, spec);
  const [code, reason] = spec.type === 'oom-kill' ? [137, 'OOMKilled'] : [spec.code ?? 1, ''];
  for (const pod of pods) {
    const key = [uidOnNode(pod), spec.container ?? '', code, reason].join('/');
    context.wake(machineName(pod.spec.nodeName ?? ''), 'container-fault', key);
  }
  const sentence = FAULTS.get(spec.type)?.strikes(spec) ?? '';
  context.say(
    spec.type,
    pods[0],
    pods.length > 0 ? sentence : `No Pod on a node is called ${spec.pod}; nothing happens`,
  );
}

/** Whether a fault has to do with how fast the API server answers. */
function concernsServers({ type, component = '' }: FaultSpec): boolean {
  return /^(?:api-server-down|etcd-slow)$/.test(type) || /^(?:kube-apiserver|etcd)$/.test(component);
}

/** Who should look around after a fault came or went: the machine and its kubelet, those who lead by a Lease, or who asks whether servers of groups answer. */
function wakeThose(context: FaultContext, spec: FaultSpec): void {
  const isOfServers = concernsServers(spec);
  if (isOfServers) for (const leader of LEADERS) context.wake(leader, 'environment', '');
  if (isOfServers || spec.component === METRICS_SERVER) context.wake(AVAILABILITY, 'environment', '');
  if (!spec.node || !/^node-|-pressure$/.test(spec.type)) return;
  context.wake(machineName(spec.node), 'environment', '');
  context.wake(`kubelet/${spec.node}`, 'environment', '');
}

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Lets a fault strike. */
function applyFault(context: FaultContext, spec: FaultSpec, targets: FaultTargets): void {
  const problem = faultProblem(spec) ?? missingTarget(spec, targets);
  if (problem) {
    context.say('refuse', undefined, capitalized(problem));
    return;
  }
  const kind = FAULTS.get(spec.type) as FaultKind;
  if (!kind.heals) {
    killProcesses(context, spec);
    return;
  }
  const { memory } = context;
  const { type, node, component, image } = spec;
  const fault: ActiveFault = {
    type,
    ...(node === undefined ? {} : { node }),
    ...(component === undefined ? {} : { component }),
    ...(image === undefined ? {} : { image }),
    ...(type === 'etcd-slow' ? { latencyMs: latencyOf(spec) } : {}),
    sinceMs: context.nowMs,
    step: context.step,
  };
  const key = String(memory.struck++);
  const { faults } = context.environment;
  faults.set(key, fault);
  // Nobody lets go of the Lease of a process that crashes: whoever is started in its place has to wait for it.
  if (type === 'component-down' && component !== undefined && targets.leaders.includes(component))
    faults.set(leadershipKey(component), { ...fault, type: LEADERSHIP_LOST });
  context.say(type, undefined, kind.strikes(spec));
  const forMs = spec.forMs ?? (spec.for === undefined ? undefined : durationMs(spec.for));
  if (forMs !== undefined) context.after(forMs, 'heal-by-itself', key);
  wakeThose(context, spec);
}

/** A machine that has shut down: as after a crash, until it is booted. */
const offKey = (node: string | undefined): string => `off/${node}`;

function powerOff(context: FaultContext, node: string): void {
  const { environment, nowMs, step } = context;
  if (!hasFault(environment, 'node-shutdown', { node })) return;
  environment.faults.set(offKey(node), { type: 'node-crash', node, sinceMs: nowMs, step });
  context.say('node-shutdown', undefined, `Node ${node} is off`);
  wakeThose(context, { type: 'node-shutdown', node });
}

/** Says that a kind of fault is over, and has those look around whom it befell. */
function sayHealed(context: FaultContext, spec: FaultSpec): void {
  if (spec.type === 'node-shutdown') context.environment.faults.delete(offKey(spec.node));
  context.say('heal', undefined, FAULTS.get(spec.type)?.heals?.(spec) ?? `The fault "${spec.type}" is over`);
  wakeThose(context, spec);
}

/** A person ends a fault: all of its kind, however many overlap. */
function healFault(context: FaultContext, spec: FaultSpec): void {
  const { faults } = context.environment;
  const alike = [...faults].filter(([, fault]) => isAlike(fault, spec));
  if (alike.length === 0) {
    context.say('refuse', undefined, `There is no fault "${spec.type}"${place(spec)} to heal`);
    return;
  }
  for (const [key] of alike) endFault(context.environment, key, context.nowMs);
  sayHealed(context, spec);
}

/** The time of one fault is up: what it befell is well again, unless another of its kind lasts longer. */
function healByItself(context: FaultContext, key: string): void {
  const fault = endFault(context.environment, key, context.nowMs);
  if (fault && ![...context.environment.faults.values()].some((other) => isAlike(other, fault)))
    sayHealed(context, fault);
}

/** A process has lost its Lease, or has it again: `lost/<process>/<step>` or `won/<process>`. */
function noteLeadership({ environment: { faults }, nowMs }: FaultContext, key: string): void {
  const [what, component = '', step = 0] = key.split('/');
  const name = leadershipKey(component);
  if (what === 'won') faults.delete(name);
  else faults.set(name, { type: LEADERSHIP_LOST, component, sinceMs: nowMs, step: Number(step) });
}

/** Receives faults and heals from the scenario and from people. */
export function createFaultComponent(targets: FaultTargets): Component {
  const component: Component<FaultMemory> = {
    name: 'fault',
    process: 'fault',
    // Nothing is delivered to it: it only has to know where Pods run, also while the API server doesn't answer.
    watches: [cacheOf('Pod')],
    initial: () => ({ struck: 0 }),
    handle: (context, timer) => {
      if (timer.kind === 'powered-off') {
        powerOff(context, timer.key);
        return;
      }
      if (timer.kind === 'leadership') {
        noteLeadership(context, timer.key);
        return;
      }
      if (timer.kind === 'heal-by-itself') {
        healByItself(context, timer.key);
        return;
      }
      const { kind, payload } = context.input(timer.key);
      if (kind === 'heal') healFault(context, payload as FaultSpec);
      else applyFault(context, payload as FaultSpec, targets);
    },
  };
  return component as unknown as Component;
}
