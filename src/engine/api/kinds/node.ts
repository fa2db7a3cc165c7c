/**
 * Nodes. A Node may be created with a status, since its kubelet registers it so. Follows pkg/registry/core/node/strategy.go.
 * As a table: printNode in pkg/printers/internalversion/printers.go.
 */
import { findCondition } from '../conditions';
import { defaultNode } from '../defaults/node';
import type { Node } from '../types';
import { validateNode, validateNodeStatusUpdate, validateNodeUpdate } from '../validation/node';
import { nodeWarnings } from '../warnings/others';
import { type KindDefinition, resource } from './definition';
import type { Strategy } from './strategy';
import { ageOf, columns, type TableDefinition } from './table';

const strategy: Strategy = {
  default: defaultNode,
  prepareForCreate(draft) {
    const { spec, status } = draft as Node;
    delete spec.configSource;
    delete status.config;
  },
  validate: validateNode,
  validateUpdate: validateNodeUpdate,
  warningsOnCreate: (object) => nodeWarnings(object as Node),
  warningsOnUpdate: (object) => nodeWarnings(object as Node),
  validateStatusUpdate: validateNodeStatusUpdate,
};

const ROLE_PREFIX = 'node-role.kubernetes.io/';
const ROLE_LABEL = 'kubernetes.io/role';

/** The node's roles from its labels, in order. */
export function nodeRoles(node: Node): string[] {
  const roles = new Set<string>();
  for (const [key, value] of Object.entries(node.metadata.labels ?? {})) {
    const role = key.startsWith(ROLE_PREFIX) ? key.slice(ROLE_PREFIX.length) : key === ROLE_LABEL ? value : '';
    if (role) roles.add(role);
  }
  return [...roles].sort();
}

function statusText(node: Node): string {
  const ready = findCondition(node.status?.conditions, 'Ready');
  const text = ready ? (ready.status === 'True' ? 'Ready' : 'NotReady') : 'Unknown';
  return node.spec?.unschedulable ? `${text},SchedulingDisabled` : text;
}

function addressOf(node: Node, type: string): string {
  return node.status?.addresses?.find((address) => address.type === type)?.address ?? '<none>';
}

const table: TableDefinition<Node> = {
  columns: columns('NAME,STATUS,ROLES,AGE,VERSION|INTERNAL-IP,EXTERNAL-IP,OS-IMAGE,KERNEL-VERSION,CONTAINER-RUNTIME'),
  row: (node, clock) => {
    const system = node.status?.nodeInfo;
    const kernel = system?.kernelVersion || '<unknown>';
    return [
      node.metadata.name,
      statusText(node),
      nodeRoles(node).join(',') || '<none>',
      ageOf(node, clock),
      system?.kubeletVersion ?? '',
      addressOf(node, 'InternalIP'),
      addressOf(node, 'ExternalIP'),
      system?.osImage || '<unknown>',
      system?.architecture ? `${kernel} (${system.architecture})` : kernel,
      system?.containerRuntimeVersion || '<unknown>',
    ];
  },
};

/** Node. */
export const nodeKind: KindDefinition = {
  ...resource('', 'v1', 'Node', 'nodes', 'no', { namespaced: false, subresources: ['status'] }),
  selectableFields: ['spec.unschedulable'],
  strategy,
  table,
};
