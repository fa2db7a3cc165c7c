/** Which components faults stop (their process is down) or cut off (their node can't reach the API server), and when each starts. */
import type { Component } from '../client/component';
import { type Environment, hasFault, isApiServerDown, LEADERSHIP_LOST } from '../client/environment';
import type { SimulationConfig } from '../simulation';

/** Whether a component is one of a node's agents, which live and die with their machine. */
function isAgent({ machine, process }: Component): boolean {
  return machine !== undefined && process !== 'machine';
}

/** True while `component-down` or a lost Lease stops this component, or a crash the machine it runs on. */
export function isDown(environment: Environment, component: Component): boolean {
  if (environment.faults.size === 0 || component.name === 'fault') return false;
  for (const fault of environment.faults.values()) {
    if (fault.type === 'node-crash' && fault.node === component.node && isAgent(component)) return true;
    // The election goes on in the process that was started again.
    if (fault.type === LEADERSHIP_LOST && fault.component === component.process && component.name !== component.process)
      return true;
    if (fault.type !== 'component-down') continue;
    if (fault.component === component.name) return true;
    if (fault.component === component.process && (!fault.node || fault.node === component.node)) return true;
  }
  return false;
}

/** What is no client of the API server, though the simulation lets it hear of changes. */
const BESIDE: ReadonlySet<string> = new Set(['machine', 'user', 'fault', 'shared-storage']);

/** True while watch events can't reach this component: it is stopped, the API server is down, or its node is crashed or partitioned. */
export function isOutOfReach(environment: Environment, component: Component): boolean {
  const { node } = component;
  if (environment.faults.size === 0) return false;
  if (isDown(environment, component)) return true;
  if (isApiServerDown(environment) && !BESIDE.has(component.process)) return true;
  if (node === undefined) return false;
  return hasFault(environment, 'node-partition', { node }) || hasFault(environment, 'node-crash', { node });
}

/** The virtual ms at which a component starts: agents of a node when it joins, everything else at 0. */
export function startsAtMs(component: Component, { nodes }: SimulationConfig): number {
  const joining = isAgent(component) ? nodes.find(({ name }) => name === component.node) : undefined;
  return joining?.joinsAtMs ?? 0;
}
