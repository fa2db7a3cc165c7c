/**
 * Flags of simulated components: those that have an effect, with what they take, and which components a real cluster has. Others are
 * accepted and said to be without effect. Follows the flags of kube-controller-manager, the kubelet's and kube-proxy's configuration, and
 * ingress-nginx's flags; network-plugin and its flag are Kubestep's own.
 */
import { parseDuration } from '../engine/api/duration';
import { flagText } from '../engine/api/flag-text';
import { KNOWN_CONTROLLERS, namesOf } from '../engine/api/ingress-controllers';
import { isQuantity } from '../engine/api/quantity';
import { ANYTHING, about, DURATION, mapOf, SCALAR, type Shape, wordIn } from './shape';

type WordType =
  | 'duration'
  | 'number'
  | 'count'
  | 'boolean'
  | 'text'
  | 'percent'
  | 'integer'
  | 'thresholds'
  | 'grace-periods';
/** A type, or the words that may stand there. */
type FlagType = WordType | readonly string[];

const PROXY_MODES = ['iptables', 'ipvs', 'nftables'] as const;

/** What the kubelet's thresholds are of. */
const SIGNALS = [
  'memory.available',
  'nodefs.available',
  'nodefs.inodesFree',
  'imagefs.available',
  'imagefs.inodesFree',
  'pid.available',
];

/** Limits of a client's requests. */
const CLIENT_FLAGS: readonly (readonly [string, FlagType])[] = [
  ['kube-api-qps', 'number'],
  ['kube-api-burst', 'count'],
];

/** How a process leads. */
const LEADER_FLAGS: readonly (readonly [string, FlagType])[] = [
  ['leader-elect', 'boolean'],
  ['leader-elect-lease-duration', 'duration'],
  ['leader-elect-renew-deadline', 'duration'],
  ['leader-elect-retry-period', 'duration'],
];

/** Components by name, each with its flags that do something. */
export const COMPONENT_FLAGS: ReadonlyMap<string, ReadonlyMap<string, FlagType>> = new Map([
  ['kube-apiserver', new Map()],
  ['etcd', new Map()],
  ['kube-scheduler', new Map([...CLIENT_FLAGS, ...LEADER_FLAGS])],
  [
    'kube-controller-manager',
    new Map<string, FlagType>([
      ...LEADER_FLAGS,
      ['node-monitor-grace-period', 'duration'],
      ['node-startup-grace-period', 'duration'],
      ['node-eviction-rate', 'number'],
      ['secondary-node-eviction-rate', 'number'],
      ['unhealthy-zone-threshold', 'number'],
      ['large-cluster-size-threshold', 'count'],
      ['terminated-pod-gc-threshold', 'count'],
      ['endpointslice-updates-batch-period', 'duration'],
      ['max-endpoints-per-slice', 'count'],
      ['horizontal-pod-autoscaler-sync-period', 'duration'],
      ['horizontal-pod-autoscaler-downscale-stabilization', 'duration'],
      ['horizontal-pod-autoscaler-tolerance', 'number'],
      ['horizontal-pod-autoscaler-cpu-initialization-period', 'duration'],
      ['horizontal-pod-autoscaler-initial-readiness-delay', 'duration'],
      ...CLIENT_FLAGS,
    ]),
  ],
  [
    'kubelet',
    new Map<string, FlagType>([
      ['serialize-image-pulls', 'boolean'],
      ['allowed-unsafe-sysctls', 'text'],
      ['eviction-hard', 'thresholds'],
      ['eviction-soft', 'thresholds'],
      ['eviction-soft-grace-period', 'grace-periods'],
      ['eviction-minimum-reclaim', 'thresholds'],
      ['eviction-max-pod-grace-period', 'integer'],
      ['eviction-pressure-transition-period', 'duration'],
      ['merge-default-eviction-settings', 'boolean'],
      ['image-gc-high-threshold', 'percent'],
      ['image-gc-low-threshold', 'percent'],
      ['minimum-image-ttl-duration', 'duration'],
      ['shutdown-grace-period', 'duration'],
      ['shutdown-grace-period-critical-pods', 'duration'],
      ['shutdown-grace-period-by-pod-priority', 'text'],
      ...CLIENT_FLAGS,
    ]),
  ],
  [
    'kube-proxy',
    new Map<string, FlagType>([
      ['mode', PROXY_MODES],
      ['proxy-mode', PROXY_MODES],
      ['ipvs-scheduler', ['rr', 'lc', 'dh', 'sh', 'sed', 'nq']],
      ['iptables-min-sync-period', 'duration'],
      ['ipvs-min-sync-period', 'duration'],
      ['nftables-min-sync-period', 'duration'],
    ]),
  ],
  ['coredns', new Map()],
  ['network-plugin', new Map<string, FlagType>([['enforces-network-policy', 'boolean']])],
  // Its presence alone gives Services of type LoadBalancer their addresses.
  ['cloud-controller-manager', new Map()],
  [
    'ingress-controller',
    new Map<string, FlagType>([
      ['controller-class', KNOWN_CONTROLLERS.flatMap(namesOf)],
      ['ingress-class', 'text'],
      ['watch-ingress-without-class', 'boolean'],
      ['publish-status-address', 'text'],
      ['publish-service', 'text'],
      ['providers.kubernetescrd.allowcrossnamespace', 'boolean'],
    ]),
  ],
  ['metrics-server', new Map<string, FlagType>([['metric-resolution', 'duration']])],
]);

const WORDS: Readonly<Record<WordType, string>> = {
  duration: 'a duration such as 500ms, 30s or 1m30s',
  number: 'a number of at least 0',
  count: 'a whole number of at least 0',
  boolean: 'true or false',
  text: 'a text',
  percent: 'a whole number from 0 to 100',
  integer: 'a whole number',
  thresholds: `signals with quantities or percentages such as {memory.available: 100Mi, nodefs.available: 10%}; signals are ${SIGNALS.join(', ')}`,
  'grace-periods': `signals with durations such as {memory.available: 1m30s}; signals are ${SIGNALS.join(', ')}`,
};

/** A map of Go's as YAML writes it, or as the flag does. */
function mapFits(value: unknown, isValue: (text: string) => boolean): boolean {
  const text = flagText(value) ?? '';
  const entries = text === '' ? [] : text.split(',').map((entry) => /^\s*([^=<]+?)\s*[=<]\s*(.*?)\s*$/.exec(entry));
  return entries.every((entry) => entry !== null && SIGNALS.includes(entry[1] ?? '') && isValue(entry[2] ?? ''));
}

const isThreshold = (text: string): boolean =>
  /^(?:100|\d{1,2}(?:\.\d+)?)%$/.test(text) || (isQuantity(text) && !text.startsWith('-'));

const isDuration = (text: string): boolean => {
  const parsed = parseDuration(text);
  return 'ms' in parsed && parsed.ms >= 0;
};

function fits(type: WordType, value: unknown): boolean {
  if (type === 'thresholds') return mapFits(value, isThreshold);
  if (type === 'grace-periods') return mapFits(value, isDuration);
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return false;
  const text = String(value);
  switch (type) {
    case 'duration':
      return isDuration(text);
    case 'percent':
      return /^\d{1,3}$/.test(text) && Number(text) <= 100;
    case 'integer':
      return /^-?\d{1,9}$/.test(text);
    case 'number':
      return /^\d+(?:\.\d+)?$/.test(text);
    case 'count':
      return /^\d{1,15}$/.test(text);
    case 'boolean':
      return text === 'true' || text === 'false';
    case 'text':
      return text !== '';
  }
}

/** A soft threshold without a grace period, with which no kubelet starts; undefined when each has one. */
function withoutGrace(soft: unknown, graces: unknown): string | undefined {
  const named = (value: unknown): string[] =>
    (flagText(value) ?? '').split(',').map((entry) => entry.split(/[=<]/)[0] ?? '');
  const periods = named(graces).map((name) => name.trim());
  return named(soft).find((name) => name !== '' && !periods.includes(name.trim()));
}

/** What is wrong with the flags of a component together: a flag, and why. */
export function flagsProblem(
  component: string,
  flags: Readonly<Record<string, unknown>>,
): { readonly flag: string; readonly message: string } | undefined {
  if (component !== 'kubelet') return undefined;
  const signal = withoutGrace(flags['eviction-soft'], flags['eviction-soft-grace-period']);
  if (signal === undefined) return undefined;
  const message = `grace period must be specified for the soft eviction threshold ${signal} (eviction-soft-grace-period)`;
  return { flag: 'eviction-soft', message };
}

/** What is wrong with the value of a flag that has an effect, or undefined. */
export function flagProblem(component: string, flag: string, value: unknown): string | undefined {
  const type = COMPONENT_FLAGS.get(component)?.get(flag);
  if (type === undefined) return undefined;
  if (typeof type !== 'string') return type.includes(String(value)) ? undefined : `must be one of ${type.join(', ')}`;
  return fits(type, value) ? undefined : `must be ${WORDS[type]}`;
}

function flagShape(type: FlagType): Shape {
  if (typeof type !== 'string') return wordIn(type);
  if (type === 'duration') return about('A duration', DURATION);
  return about(
    `${WORDS[type][0]?.toUpperCase()}${WORDS[type].slice(1)}`,
    type === 'thresholds' || type === 'grace-periods' ? ANYTHING : SCALAR,
  );
}

/** The components with their flags, as the editor offers them. */
export function componentShapes(): Readonly<Record<string, Shape>> {
  const shapes = [...COMPONENT_FLAGS].map(([component, flags]): [string, Shape] => {
    const known = Object.fromEntries([...flags].map(([flag, type]) => [flag, flagShape(type)]));
    return [component, about(`Settings of ${component}`, mapOf(ANYTHING, known))];
  });
  return Object.fromEntries(shapes);
}
