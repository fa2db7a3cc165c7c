/** Keeps a Pod out of the active queue while it has scheduling gates. Follows plugins/schedulinggates/scheduling_gates.go. */
import { definePlugin, unresolvable } from '../framework';

/** See the header. */
export const schedulingGates = definePlugin({
  name: 'SchedulingGates',
  preEnqueue(pod) {
    const gates = pod.spec.schedulingGates ?? [];
    if (gates.length === 0) return undefined;
    return unresolvable(`waiting for scheduling gates: [${gates.map((gate) => gate.name).join(' ')}]`);
  },
  events: { TargetPodSchedulingGatesEliminated: true },
});
