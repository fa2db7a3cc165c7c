/** Writes the binding. Follows plugins/defaultbinder/default_binder.go. */
import { definePlugin } from '../framework';

/** See the header. */
export const defaultBinder = definePlugin({
  name: 'DefaultBinder',
  bind: ({ pod, nodeName, handle }) => handle.bind(pod, nodeName),
});
