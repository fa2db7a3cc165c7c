/** Tells people that the memory of the node has run out. Follows pkg/kubelet/oom/oom_watcher_linux.go. */
import { type Kubelet, nodeEvent } from './api-writes';

/** The kernel has killed a process because the node's memory ran out. `key` is its name and id. */
export function handleSystemOom(kubelet: Kubelet, key: string): void {
  const [name, pid] = key.split('/');
  const message = `System OOM encountered, victim process: ${name}, pid: ${pid}`;
  kubelet.context.say('report', undefined, `Node ${kubelet.node.name}: ${message}`);
  nodeEvent(kubelet, 'Warning', 'SystemOOM', message);
}
