/**
 * NodeRestriction: what a kubelet that may write Nodes, Pods and the like may write of them: its own, and nothing that would draw others'
 * work to it. Follows plugin/pkg/admission/noderestriction/admission.go and pkg/apis/well_known_labels.go of the kubelet.
 * Left out: what mirror Pods refer to, what may change with a claim's status, tokens, device claims and certificates.
 */
import type { KubeObject } from '../../api/meta';
import { deepEqual } from '../../api/plain';
import { MIRROR_POD } from '../../api/pod';
import type { Node, Pod } from '../../api/types';
import { nodeOf } from '../authorization/node-authorizer';
import type { AdmissionPlugin, AdmissionRequest } from '../strategy';
import { refuseUnnamed } from './refusal';

type Restriction = (
  object: KubeObject,
  old: KubeObject | undefined,
  node: string,
  request: AdmissionRequest,
) => string | undefined;

/** Labels that say what a node is: its kubelet or its cloud gives them. */
export const OWN_LABELS: ReadonlySet<string> = new Set([
  'kubernetes.io/hostname',
  'topology.kubernetes.io/zone',
  'topology.kubernetes.io/region',
  'failure-domain.beta.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region',
  'beta.kubernetes.io/instance-type',
  'node.kubernetes.io/instance-type',
  'kubernetes.io/os',
  'kubernetes.io/arch',
  'beta.kubernetes.io/os',
  'beta.kubernetes.io/arch',
]);

const isOf = (domain: string, label: string): boolean => {
  const prefix = label.includes('/') ? label.slice(0, label.indexOf('/')) : '';
  return prefix === domain || prefix.endsWith(`.${domain}`);
};

/** Labels by which people keep work to some nodes: no kubelet may give them to its own. */
function isForbidden(label: string): boolean {
  if (isOf('node-restriction.kubernetes.io', label)) return true;
  if (!isOf('kubernetes.io', label) && !isOf('k8s.io', label)) return false;
  return !OWN_LABELS.has(label) && !isOf('kubelet.kubernetes.io', label) && !isOf('node.kubernetes.io', label);
}

function forbiddenLabels(after: Node, before: Node): string {
  const [now = {}, then = {}] = [after.metadata.labels, before.metadata.labels];
  const names = new Set([...Object.keys(now), ...Object.keys(then)]);
  return [...names]
    .filter((name) => now[name] !== then[name] && isForbidden(name))
    .sort()
    .join(', ');
}

const nodes: Restriction = (object, old, node, { operation, now }) => {
  const [after, before] = [object as Node, old as Node];
  const { name } = object.metadata;
  if (name !== node) return `node "${node}" is not allowed to modify node "${name}"`;
  // A Node comes with the labels that its scenario gives it, roles too: those that whoever joins a machine sets afterwards are there at once.
  if (operation !== 'UPDATE') return undefined;
  // Nodes of a scenario's beginning take the taint of new ones off in the moment in which they are made: they have been running before.
  const isNew = before.metadata.creationTimestamp === now;
  if (!isNew && !deepEqual(after.spec?.taints ?? [], before.spec.taints ?? []))
    return `node "${node}" is not allowed to modify taints`;
  if (!deepEqual(after.metadata.ownerReferences ?? [], before.metadata.ownerReferences ?? []))
    return `node "${node}" is not allowed to modify ownerReferences`;
  const labels = forbiddenLabels(after, before);
  return labels ? `is not allowed to modify labels: ${labels}` : undefined;
};

function mirrors({ metadata, spec }: Pod, node: string, { find }: AdmissionRequest): string | undefined {
  const may = `node "${node}" can only create pods with`;
  if (metadata.annotations?.[MIRROR_POD] === undefined)
    return `pod does not have "${MIRROR_POD}" annotation, node "${node}" can only create mirror pods`;
  if (spec.nodeName !== node) return `${may} spec.nodeName set to itself`;
  const [owner, another] = metadata.ownerReferences ?? [];
  if (another) return `${may} a single owner reference set to itself`;
  if (owner?.apiVersion !== 'v1' || owner.kind !== 'Node' || owner.name !== node)
    return `${may} an owner reference set to itself`;
  if (!owner.controller) return `${may} a controller owner reference set to itself`;
  if (owner.blockOwnerDeletion) return `node "${node}" must not set blockOwnerDeletion on an owner reference`;
  const uid = find('Node', undefined, node)?.metadata.uid;
  return owner.uid === uid ? undefined : `node ${node} UID mismatch: expected ${owner.uid} got ${uid}`;
}

const pods: Restriction = (object, old, node, request) => {
  const [after, before] = [object as Pod, old as Pod | undefined];
  const { operation, subresource } = request;
  if (subresource === 'status') {
    if (before?.spec.nodeName !== node)
      return `node "${node}" can only update pod status for pods with spec.nodeName set to itself`;
    const isSame = deepEqual(after.metadata.labels ?? {}, before.metadata.labels ?? {});
    return isSame ? undefined : `node "${node}" cannot update labels through pod status`;
  }
  if (operation === 'CREATE') return mirrors(after, node, request);
  if (operation === 'UPDATE')
    return `unexpected operation "UPDATE", node "${node}" can only create and delete mirror pods`;
  if (before?.spec.nodeName === node) return undefined;
  return `node "${node}" can only delete pods with spec.nodeName set to itself`;
};

const leases: Restriction = ({ metadata: { name, namespace } }, _old, node) => {
  if (namespace !== 'kube-node-lease') return 'can only access leases in the "kube-node-lease" system namespace';
  return name === node ? undefined : 'can only access node lease with the same name as the requesting node';
};

const csiNodes: Restriction = ({ metadata: { name } }, _old, node) =>
  name === node ? undefined : 'can only access CSINode with the same name as the requesting node';

const RESTRICTIONS: Readonly<Record<string, Restriction>> = {
  Node: nodes,
  Pod: pods,
  Lease: leases,
  CSINode: csiNodes,
  PersistentVolumeClaim: (_object, _old, _node, { subresource }) =>
    subresource === 'status' ? undefined : 'may only update PVC status',
};

/** Refuses a kubelet what is another's. */
export function restrictNode(object: KubeObject, old: KubeObject | undefined, request: AdmissionRequest): void {
  const node = nodeOf(request.user);
  const why = node === undefined ? undefined : RESTRICTIONS[object.kind]?.(object, old, node, request);
  if (why !== undefined) throw refuseUnnamed(object, why);
}

/** NodeRestriction, as kubeadm enables it. It only looks, but does so before other plugins add anything. */
export const nodeRestriction: AdmissionPlugin = {
  name: 'NodeRestriction',
  admit: restrictNode,
  validate: (object, old, request) => {
    if (request.operation === 'DELETE') restrictNode(object, old, request);
  },
};
