/**
 * The Pods behind an object: a Deployment's, a Service's. Follows staging/src/k8s.io/kubectl/pkg/polymorphichelpers
 * (helpers.go, logsforobject.go) and pkg/util/podutils.
 */
import { getPodReadyCondition, isPodReady } from '../engine/api/conditions';
import type { KubeObject } from '../engine/api/meta';
import { versionOf } from '../engine/api/scheme';
import { matchesLabelSelector } from '../engine/api/selector';
import type { LabelSelector, Pod } from '../engine/api/types';
import type { Call } from './command';
import { KubectlError } from './errors';

const BY_SELECTOR = ['ReplicaSet', 'StatefulSet', 'DaemonSet', 'Deployment', 'Job'];

/** `*v1.ConfigMap`, as Go names the type of an object. */
const typeOf = ({ apiVersion, kind }: KubeObject): string => `*${versionOf(apiVersion ?? '')}.${kind}`;

/** The selector of an object's Pods. `refused` begins the sentence for those that have none. */
function selectorOf(object: KubeObject, refused: string): LabelSelector {
  const failed = (why: string) => new KubectlError(`${refused} ${typeOf(object)}: ${why}`);
  const { selector } = (object.spec ?? {}) as { selector?: Readonly<Record<string, unknown>> };
  if (BY_SELECTOR.includes(object.kind)) return (selector ?? {}) as LabelSelector;
  const matchLabels = selector as Record<string, string> | undefined;
  if (object.kind === 'ReplicationController') return { matchLabels };
  if (object.kind !== 'Service') throw failed(`selector for ${typeOf(object)} not implemented`);
  if (Object.keys(selector ?? {}).length > 0) return { matchLabels };
  throw failed(`invalid service '${object.metadata.name}': Service is defined without a selector`);
}

/** The Pods that an object selects, in no particular order. */
export function podsBehind(call: Call, object: KubeObject, refused: string): Pod[] {
  const selector = selectorOf(object, refused);
  const pods = call.io.client.list<Pod>('Pod', { namespace: object.metadata.namespace });
  return pods.filter(({ metadata }) => matchesLabelSelector(selector, metadata.labels));
}

const PHASES = ['Pending', 'Unknown', 'Running'];
const phaseOf = ({ status }: Pod): number => Math.max(0, PHASES.indexOf(status.phase ?? 'Pending'));

function readyTime(call: Call, pod: Pod): number {
  const since = getPodReadyCondition(pod)?.lastTransitionTime;
  return since === undefined ? 0 : call.io.timeOf(since);
}

const restarts = ({ status }: Pod): number =>
  Math.max(0, ...(status.containerStatuses ?? []).map(({ restartCount = 0 }) => restartCount));

const byName = (a: Pod, b: Pod): number => (a.metadata.name < b.metadata.name ? -1 : 1);

type Order = (a: Pod, b: Pod) => number;

/** Assigned, running, ready, ready for longest, by their restarts, oldest. */
function byLiveliness(call: Call, byRestarts: Order): Order {
  return (a, b) =>
    Number(!a.spec.nodeName) - Number(!b.spec.nodeName) ||
    phaseOf(b) - phaseOf(a) ||
    Number(isPodReady(b)) - Number(isPodReady(a)) ||
    (isPodReady(a) ? readyTime(call, a) - readyTime(call, b) : 0) ||
    byRestarts(a, b) ||
    call.io.timeOf(a.metadata.creationTimestamp ?? '') - call.io.timeOf(b.metadata.creationTimestamp ?? '') ||
    byName(a, b);
}

/** The Pods whose logs are looked at first: those restarted most, if they are equally lively (ByLogging). */
export function byLogging(call: Call): Order {
  return byLiveliness(call, (a, b) => restarts(b) - restarts(a));
}

/** The Pods that are best to be entered: those with the fewest restarts, if they are equally lively (the reverse of ActivePods). */
export function byActivity(call: Call): Order {
  return byLiveliness(call, (a, b) => restarts(a) - restarts(b));
}
