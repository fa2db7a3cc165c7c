import type { Component } from '../client/component';
import type { NodeConfig, ProgramConfig } from '../simulation';
export function createKubelet(node: NodeConfig, _programs: readonly ProgramConfig[]): Component {
  return { name: `kubelet/${node.name}`, process: 'kubelet', node: node.name, watches: [], initial: () => ({}), handle: () => undefined };
}
