/** A Pod that names its node fits no other. Follows plugins/nodename/node_name.go. */
import { definePlugin, unresolvable } from '../framework';

const REJECTION = unresolvable("node(s) didn't match the requested node name");

/** See the header. */
export const nodeName = definePlugin({
  name: 'NodeName',
  filter: (pod, node) => (!pod.spec.nodeName || pod.spec.nodeName === node.name ? undefined : REJECTION),
  events: { NodeAdd: true },
});
