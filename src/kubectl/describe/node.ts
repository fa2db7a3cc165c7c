/** kubectl describe node. Follows describeNode in staging/src/k8s.io/kubectl/pkg/describe/describe.go. */

import { nodeRoles } from '../../engine/api/kinds/node';
import type { Lease, Node, NodeSystemInfo, Pod } from '../../engine/api/types';
import type { Reader } from '../command';
import { attempt } from '../errors';
import { findEvents, withEvents } from './events';
import { nodeResourceLines } from './node-resources';
import { taintLines } from './scheduling';
import { annotationLines, type Describer, field, labelLines, optionalField, timeText } from './text';

const SYSTEM_INFO: readonly (readonly [string, keyof NodeSystemInfo])[] = [
  ['Machine ID', 'machineID'],
  ['System UUID', 'systemUUID'],
  ['Boot ID', 'bootID'],
  ['Kernel Version', 'kernelVersion'],
  ['OS Image', 'osImage'],
  ['Operating System', 'operatingSystem'],
  ['Architecture', 'architecture'],
  ['Container Runtime Version', 'containerRuntimeVersion'],
  ['Kubelet Version', 'kubeletVersion'],
];

function leaseLines(name: string, reader: Reader): string {
  const lease = attempt(() => reader.get<Lease>('Lease', 'kube-node-lease', name));
  if (lease instanceof Error) return field('Lease', `Failed to get lease: ${lease.message}`);
  const { holderIdentity = '<unset>', acquireTime, renewTime } = lease.spec ?? {};
  return [
    'Lease:\n',
    field('HolderIdentity', holderIdentity, 1),
    field('AcquireTime', acquireTime ? timeText(acquireTime) : '<unset>', 1),
    field('RenewTime', renewTime ? timeText(renewTime) : '<unset>', 1),
  ].join('');
}

function conditionTable({ status }: Node): string {
  const conditions = status?.conditions ?? [];
  if (conditions.length === 0) return '';
  const rows = conditions.map(
    ({ type, status: value, lastHeartbeatTime, lastTransitionTime, reason = '', message = '' }) =>
      [type, value, timeText(lastHeartbeatTime), timeText(lastTransitionTime), reason, message].join(' \t'),
  );
  const titles = ['Type', 'Status', 'LastHeartbeatTime', 'LastTransitionTime', 'Reason', 'Message'];
  const rules = titles.map((title) => '-'.repeat(title.length));
  const lines = [titles.join('\t'), rules.join('\t'), ...rows].map((line) => `  ${line}\n`);
  return `Conditions:\n${lines.join('')}`;
}

function quantityLines(title: string, quantities: Readonly<Record<string, string>> = {}): string {
  const names = Object.keys(quantities).sort();
  if (names.length === 0) return '';
  return `${title}:\n${names.map((name) => field(name, quantities[name] as string, 1)).join('')}`;
}

function statusLines(node: Node): string {
  const { addresses = [], capacity, allocatable, nodeInfo } = node.status ?? {};
  return [
    conditionTable(node),
    'Addresses:\n',
    ...addresses.map(({ type, address }) => field(type, address, 1)),
    quantityLines('Capacity', capacity),
    quantityLines('Allocatable', allocatable),
    'System Info:\n',
    ...SYSTEM_INFO.map(([title, key]) => field(title, String(nodeInfo?.[key] ?? ''), 1)),
  ].join('');
}

function podsOf(node: Node, reader: Reader): Pod[] {
  return reader.list<Pod>('Pod', {
    fieldSelector: `spec.nodeName=${node.metadata.name},status.phase!=Failed,status.phase!=Succeeded`,
  });
}

/** Node. */
export const describeNode: Describer<Node> = (node, reader, clock) => {
  const { metadata, spec } = node;
  const pods = attempt(() => podsOf(node, reader));
  const text = [
    field('Name', metadata.name),
    field('Roles', nodeRoles(node).join(',') || '<none>'),
    labelLines('Labels', metadata.labels),
    annotationLines('Annotations', metadata.annotations),
    field('CreationTimestamp', timeText(metadata.creationTimestamp)),
    taintLines(spec?.taints),
    field('Unschedulable', spec?.unschedulable ?? false),
    leaseLines(metadata.name, reader),
    statusLines(node),
    optionalField('PodCIDR', spec?.podCIDR),
    optionalField('PodCIDRs', spec?.podCIDRs?.join(',')),
    optionalField('ProviderID', spec?.providerID),
    pods instanceof Error ? field('Pods', 'not authorized') : nodeResourceLines(node, pods, clock),
  ].join('');
  // Controllers refer to a node by its uid, the kubelet by its name in place of the uid.
  const subject = { kind: 'Node', name: metadata.name, namespace: '' };
  const events = [metadata.uid, metadata.name].flatMap((uid) => findEvents(reader, { ...subject, uid }));
  return withEvents(text, events, clock);
};
