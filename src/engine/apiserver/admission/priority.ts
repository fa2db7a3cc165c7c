/**
 * Priority: turns a Pod's priority class into its number and preemption policy.
 * Follows plugin/pkg/admission/priority/admission.go; the two classes every cluster has are a table here.
 */
import type { KubeObject } from '../../api/meta';
import type { Pod, PriorityClass } from '../../api/types';
import { SYSTEM_PRIORITIES } from '../../api/validation/priority-class';
import type { AdmissionPlugin, RequestContext } from '../strategy';
import { refuseNamed, refuseUnnamed } from './refusal';

interface ResolvedPriority {
  readonly className: string | undefined;
  readonly priority: number;
  readonly preemptionPolicy: string | undefined;
}

const PREEMPT = 'PreemptLowerPriority';
const NO_CLASS: ResolvedPriority = { className: undefined, priority: 0, preemptionPolicy: PREEMPT };

/** Priority. */
export const priority: AdmissionPlugin = {
  name: 'Priority',
  admit: (draft, old, request) => {
    if (draft.kind !== 'Pod' || request.subresource) return;
    if (request.operation === 'CREATE') setPriority(draft as Pod, request);
    else if (request.operation === 'UPDATE' && old) keepPriority(draft as Pod, old as Pod);
  },
  validate: (object, _old, request) => {
    if (object.kind !== 'PriorityClass' || request.operation === 'DELETE') return;
    if ((object as PriorityClass).globalDefault) refuseSecondDefault(object, request);
  },
};

function refuseSecondDefault(object: KubeObject, request: RequestContext): void {
  const current = globalDefault(request)?.metadata.name;
  if (current === undefined || (request.operation === 'UPDATE' && current === object.metadata.name)) return;
  throw refuseNamed(object, `PriorityClass ${current} is already marked as default. Only one default can exist`);
}

function setPriority(pod: Pod, request: RequestContext): void {
  const { spec } = pod;
  const resolved = resolve(pod, request);
  if (resolved.className !== undefined) spec.priorityClassName = resolved.className;
  if (spec.priority !== undefined && spec.priority !== resolved.priority) {
    throw refuseUnnamed(pod, refusal('integer', 'priority', spec.priority, resolved.priority));
  }
  spec.priority = resolved.priority;
  if (resolved.preemptionPolicy === undefined) return;
  if (spec.preemptionPolicy !== undefined && spec.preemptionPolicy !== resolved.preemptionPolicy) {
    throw refuseUnnamed(pod, refusal('string', 'PreemptionPolicy', spec.preemptionPolicy, resolved.preemptionPolicy));
  }
  spec.preemptionPolicy = resolved.preemptionPolicy;
}

function refusal(type: string, field: string, given: unknown, computed: unknown): string {
  return `the ${type} value of ${field} (${given}) must not be provided in pod spec; priority admission controller computed ${computed} from the given PriorityClass name`;
}

function resolve(pod: Pod, request: RequestContext): ResolvedPriority {
  const name = pod.spec.priorityClassName;
  if (!name) return defaultClass(request);
  const systemPriority = SYSTEM_PRIORITIES.get(name);
  if (systemPriority !== undefined) return { className: name, priority: systemPriority, preemptionPolicy: PREEMPT };
  const found = request.find('PriorityClass', undefined, name) as PriorityClass | undefined;
  if (!found) throw refuseUnnamed(pod, `no PriorityClass with name ${name} was found`);
  return { className: name, priority: found.value ?? 0, preemptionPolicy: found.preemptionPolicy };
}

function defaultClass(request: RequestContext): ResolvedPriority {
  const chosen = globalDefault(request);
  if (!chosen) return NO_CLASS;
  return { className: chosen.metadata.name, priority: chosen.value ?? 0, preemptionPolicy: chosen.preemptionPolicy };
}

/** The global default class; should there be several, the one with the lowest value. */
function globalDefault(request: RequestContext): PriorityClass | undefined {
  let chosen: PriorityClass | undefined;
  for (const object of request.list('PriorityClass') as readonly PriorityClass[]) {
    if (object.globalDefault && (!chosen || (object.value ?? 0) < (chosen.value ?? 0))) chosen = object;
  }
  return chosen;
}

/** An update that leaves the computed fields out means them unchanged. */
function keepPriority(pod: Pod, old: Pod): void {
  if (pod.spec.priority === undefined && old.spec.priority !== undefined) pod.spec.priority = old.spec.priority;
  if (pod.spec.preemptionPolicy === undefined && old.spec.preemptionPolicy !== undefined) {
    pod.spec.preemptionPolicy = old.spec.preemptionPolicy;
  }
}
