/** What a node of a scenario is like, whether it is there from the beginning or added by an act. */
import { ANYTHING, about, listOf, MOMENT, mapOf, objectOf, QUANTITY, SCALAR, TEXT, wordIn } from './shape';

const TAINT = objectOf(
  {
    key: about('Key of the taint', TEXT),
    value: about('Value of the taint', SCALAR),
    effect: about('What it does to Pods without a toleration', wordIn(['NoSchedule', 'PreferNoSchedule', 'NoExecute'])),
    timeAdded: about('When it was added', MOMENT),
  },
  ['key', 'effect'],
);

/** Its name. */
export const NODE_NAME = about('Name of the node', TEXT);

/** The rest. */
export const NODE_FIELDS = {
  labels: about('Labels of the node', mapOf(SCALAR)),
  taints: about('Taints of the node', listOf(TAINT)),
  capacity: about('cpu, memory, pods, ephemeral-storage and extended resources', mapOf(QUANTITY)),
  staticPods: about('Manifests of Pods that its kubelet runs by itself', listOf(ANYTHING)),
};

/** A machine that is added makes the parts of the cluster anew: this many are added by acts, the rest are there. */
export const MAX_ADDED_NODES = 100;

/** A node that is added. */
export const ADDED_NODE = about(
  'A machine whose kubelet starts then and joins the cluster',
  objectOf({ name: NODE_NAME, ...NODE_FIELDS }, ['name']),
);
