/** kubectl describe networkpolicy. Follows describeNetworkPolicy in staging/src/k8s.io/kubectl/pkg/describe/describe.go. */
import { formatLabelSelector } from '../../engine/api/selector';
import type { NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort } from '../../engine/api/types';
import { annotationLines, type Describer, field, labelLines } from './text';

const INDENT = '    ';

interface Rule {
  readonly ports?: readonly NetworkPolicyPort[];
  readonly peers?: readonly NetworkPolicyPeer[];
}

function portLine({ port, endPort, protocol = 'TCP' }: NetworkPolicyPort): string {
  const first = port ?? '<nil>';
  return endPort === undefined
    ? `${INDENT}To Port: ${first}/${protocol}\n`
    : `${INDENT}To Port Range: ${first}-${endPort}/${protocol}\n`;
}

function peerLines({ podSelector, namespaceSelector, ipBlock }: NetworkPolicyPeer, side: 'From' | 'To'): string {
  const inner = `  ${INDENT}`;
  const block = ipBlock
    ? `${inner}IPBlock:\n${inner}  CIDR: ${ipBlock.cidr}\n${inner}  Except: ${(ipBlock.except ?? []).join(', ')}\n`
    : '';
  const selectors = [
    namespaceSelector ? `${inner}NamespaceSelector: ${formatLabelSelector(namespaceSelector)}\n` : '',
    podSelector ? `${inner}PodSelector: ${formatLabelSelector(podSelector)}\n` : '',
  ].join('');
  return `${INDENT}${side}:\n${selectors || block}`;
}

function ruleLines({ ports = [], peers = [] }: Rule, side: 'From' | 'To'): string {
  const anyone = side === 'From' ? 'source' : 'destination';
  return [
    ports.length > 0 ? ports.map(portLine).join('') : `${INDENT}To Port: <any> (traffic allowed to all ports)\n`,
    peers.length > 0
      ? peers.map((peer) => peerLines(peer, side)).join('')
      : `${INDENT}${side}: <any> (traffic not restricted by ${anyone})\n`,
  ].join('');
}

function direction(name: 'ingress' | 'egress', isAffected: boolean, rules: readonly Rule[]): string {
  if (!isAffected) return `  Not affecting ${name} traffic\n`;
  const none = `${INDENT}<none> (Selected pods are isolated for ${name} connectivity)\n`;
  const side = name === 'ingress' ? 'From' : 'To';
  const texts = rules.map((rule) => ruleLines(rule, side));
  return `  Allowing ${name} traffic:\n${texts.length > 0 ? texts.join(`${INDENT}----------\n`) : none}`;
}

/** NetworkPolicy. */
export const describeNetworkPolicy: Describer<NetworkPolicy> = ({ metadata, spec }) => {
  const { podSelector = {}, policyTypes = [], ingress = [], egress = [] } = spec;
  const isEmpty = !podSelector.matchExpressions?.length && Object.keys(podSelector.matchLabels ?? {}).length === 0;
  const selected = isEmpty
    ? '<none> (Allowing the specific traffic to all pods in this namespace)'
    : formatLabelSelector(podSelector);
  const created = (metadata.creationTimestamp ?? '').replace('T', ' ').replace('Z', ' +0000 UTC');
  return [
    [
      field('Name', metadata.name),
      field('Namespace', metadata.namespace ?? ''),
      field('Created on', created),
      labelLines('Labels', metadata.labels),
      annotationLines('Annotations', metadata.annotations),
      `Spec:\n  PodSelector:     ${selected}\n`,
      direction(
        'ingress',
        policyTypes.includes('Ingress'),
        ingress.map(({ ports, from }) => ({ ports, peers: from })),
      ),
      direction(
        'egress',
        policyTypes.includes('Egress'),
        egress.map(({ ports, to }) => ({ ports, peers: to })),
      ),
      `  Policy Types: ${policyTypes.join(', ') || '<none>'}\n`,
    ].join(''),
  ];
};
