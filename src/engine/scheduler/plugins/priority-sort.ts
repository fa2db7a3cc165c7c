/** Orders waiting Pods: higher priority first, then whoever has waited longer. Follows plugins/queuesort/priority_sort.go. */
import { definePlugin } from '../framework';

/** See the header. */
export const prioritySort = definePlugin({
  name: 'PrioritySort',
  compare: (a, b) => b.priority - a.priority || a.timestampMs - b.timestampMs,
});
