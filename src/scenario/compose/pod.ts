/** What a Compose service says of where and how its containers run, as the spec of a Pod. */
import { secondsOf, wholeOf } from './amounts';
import { compact, itemsOf, mappingOf, type Pair, type Part, pairsOf, partOf, type Tell, textOf } from './reading';

/** Labels of nodes that constraints of a swarm speak of by other names. */
const NODE_LABELS: readonly (readonly [RegExp, string])[] = [
  [/^node\.hostname$/, 'kubernetes.io/hostname'],
  [/^node\.platform\.os$/, 'kubernetes.io/os'],
  [/^node\.platform\.arch$/, 'kubernetes.io/arch'],
  [/^(?:node|engine)\.labels\.(.+)$/, '$1'],
];

function labelOf(subject: string): string | undefined {
  const [pattern, label] = NODE_LABELS.find(([one]) => one.test(subject)) ?? [];
  return pattern && subject.replace(pattern, label as string);
}

/** `node.labels.disk == ssd` as what a node's labels have to be. */
function constraintOf({ value, path }: Part, tell: Tell): object | undefined {
  const [, subject = '', operator, wanted = ''] = /^\s*([\w./-]+)\s*(==|!=)\s*(.+?)\s*$/.exec(textOf(value)) ?? [];
  const isIn = operator === '==';
  if (subject === 'node.role') {
    const isManager = (wanted === 'manager') === isIn;
    return { key: 'node-role.kubernetes.io/control-plane', operator: isManager ? 'Exists' : 'DoesNotExist' };
  }
  const key = labelOf(subject);
  if (!key) {
    tell(path, { en: 'this constraint has no label of nodes that stands for it', zh: '这个约束没有对应的节点标签' });
    return undefined;
  }
  return { key, operator: isIn ? 'In' : 'NotIn', values: [wanted] };
}

function spreadOf({ value, path }: Part, labels: object, tell: Tell): object | undefined {
  const topologyKey = labelOf(textOf(mappingOf(value).spread));
  if (topologyKey)
    return { maxSkew: 1, topologyKey, whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: labels } };
  tell(path, { en: 'this preference has no label of nodes that stands for it', zh: '这个偏好没有对应的节点标签' });
  return undefined;
}

function placementOf(service: Part, labels: object, tell: Tell): object {
  const placement = partOf(partOf(service, 'deploy'), 'placement');
  const constraints = itemsOf(partOf(placement, 'constraints'))
    .map((part) => constraintOf(part, tell))
    .filter((one) => one !== undefined);
  const spread = itemsOf(partOf(placement, 'preferences'))
    .map((part) => spreadOf(part, labels, tell))
    .filter((one) => one !== undefined);
  const required = { nodeSelectorTerms: [{ matchExpressions: constraints }] };
  return {
    affinity:
      constraints.length > 0
        ? { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: required } }
        : undefined,
    topologySpreadConstraints: spread,
  };
}

/** `HOST:ADDRESS` or `HOST=ADDRESS`, in lists or as a mapping. */
function aliasOf({ key, value }: Pair): object {
  const [, name = '', ip = ''] = value === null ? (/^([^:=]+)[:=](.*)$/.exec(key) ?? []) : ['', key, textOf(value)];
  return { ip, hostnames: [name] };
}

/** Fields of the Pod's spec but for containers and volumes. */
export function podOf(service: Part, labels: object, tell: Tell): object {
  const raw = mappingOf(service.value);
  const groups = itemsOf(partOf(service, 'group_add')).map(({ value }) => wholeOf(value));
  const sysctls = pairsOf(partOf(service, 'sysctls')).map(({ key, value }) => ({ name: key, value: textOf(value) }));
  return compact({
    hostname: textOf(raw.hostname) || undefined,
    hostNetwork: raw.network_mode === 'host' ? true : undefined,
    hostPID: raw.pid === 'host' ? true : undefined,
    hostIPC: raw.ipc === 'host' ? true : undefined,
    hostAliases: pairsOf(partOf(service, 'extra_hosts')).map(aliasOf),
    terminationGracePeriodSeconds: raw.stop_grace_period === undefined ? undefined : secondsOf(raw.stop_grace_period),
    securityContext: compact({ supplementalGroups: groups.filter((one) => one !== undefined), sysctls }),
    ...placementOf(service, labels, tell),
  });
}
