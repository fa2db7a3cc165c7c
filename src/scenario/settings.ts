/** What is wrong with a Scenario's settings beyond their shape, and which of them have no effect yet. */
import { parseLabelSelector } from '../engine/api/selector-parser';
import { storageDriver } from '../engine/api/volume-provisioners';
import { splitCommandLine } from '../kubectl/command-line';
import type { Misfit } from './checks';
import { COMPONENT_FLAGS, flagProblem, flagsProblem } from './component-flags';
import { expectMisfits } from './expectations';
import { MAX_ADDED_NODES } from './node-shape';
import { entryMisfits, nodeMisfits, nodesOf } from './nodes';
import type { RawAction, RawFault, RawProgram, ScenarioSpec } from './scenario-shape';
import { selectorText } from './selector-text';
import { trafficMisfits } from './traffic';

type FaultType = RawFault['type'];

/** Fields without which a fault makes no sense. */
const NEEDS: ReadonlyMap<FaultType, readonly (keyof RawFault)[]> = new Map<FaultType, readonly (keyof RawFault)[]>([
  ['node-crash', ['node']],
  ['node-partition', ['node']],
  ['node-shutdown', ['node']],
  ['disk-pressure', ['node']],
  ['memory-pressure', ['node']],
  ['pid-pressure', ['node']],
  ['container-exit', ['pod']],
  ['oom-kill', ['pod']],
  ['image-pull-error', ['image']],
  ['component-down', ['component']],
]);

/** Faults that are read and do nothing yet. */
export const IDLE_FAULTS: readonly FaultType[] = [];

/** Components that a cluster has only when it says so. */
const OPTIONAL: readonly string[] = ['network-plugin', 'cloud-controller-manager'];

function faultMisfits(fault: RawFault | undefined, strikes: boolean, nodes: ReadonlySet<string>): Misfit[] {
  if (!fault) return [];
  const misfits: Misfit[] = [];
  for (const field of strikes ? (NEEDS.get(fault.type) ?? []) : []) {
    if (fault[field] === undefined) misfits.push({ path: [], message: `the fault ${fault.type} needs "${field}"` });
  }
  if (fault.node !== undefined && !nodes.has(fault.node)) {
    misfits.push({ path: ['node'], message: `there is no node ${fault.node}` });
  }
  const { component } = fault;
  // Single controllers and storage drivers have names of their own too; whether there is one of that name is seen when it is to stop.
  const isOther = component?.endsWith('-controller') || storageDriver(component ?? '') !== undefined;
  if (component !== undefined && !COMPONENT_FLAGS.has(component) && !isOther) {
    const known = [...COMPONENT_FLAGS.keys()].join(', ');
    misfits.push({ path: ['component'], message: `there is no component ${component}; there are: ${known}` });
  }
  return misfits;
}

/** Misfits of a part, at that part's place. */
export const below = (misfits: readonly Misfit[], ...path: Misfit['path']): Misfit[] =>
  misfits.map((misfit) => ({ ...misfit, path: [...path, ...misfit.path] }));

/** A command line that no shell would take. */
function unfinished(kubectl: string | undefined): Misfit[] {
  const { problem } = splitCommandLine(kubectl ?? '');
  return problem === undefined ? [] : [{ path: ['kubectl'], message: problem }];
}

/** What is wrong with an action beyond its shape; `nodes` are the names of those that there are. */
export function actionMisfits(action: Partial<RawAction>, nodes: ReadonlySet<string>): Misfit[] {
  const { kubectl, apply, fault, heal, addNode, stdin, as } = action;
  const does = [kubectl, apply, fault, heal, addNode].filter((one) => one !== undefined).length;
  const strays = kubectl === undefined ? Object.entries({ stdin, as }).filter(([, value]) => value !== undefined) : [];
  return [
    ...(does === 0 ? [{ path: [], message: 'an action needs one of kubectl, apply, fault, heal, addNode' }] : []),
    ...unfinished(kubectl),
    ...strays.map(([key]) => ({ path: [key], message: `"${key}" belongs to "kubectl"` })),
    ...below(faultMisfits(fault, true, nodes), 'fault'),
    ...below(faultMisfits(heal, false, nodes), 'heal'),
    ...(addNode ? below(entryMisfits(addNode), 'addNode') : []),
  ];
}

/** A mapping of labels may hold what no selector can. */
function programMisfits({ selector }: RawProgram): Misfit[] {
  const text = selectorText(selector);
  if (text === undefined) return [];
  try {
    parseLabelSelector(text);
    return [];
  } catch (error) {
    return [{ path: ['selector'], message: (error as Error).message }];
  }
}

function componentMisfits(components: ScenarioSpec['components'] = {}): Misfit[] {
  return Object.entries(components).flatMap(([component, flags]) => {
    if (!COMPONENT_FLAGS.has(component)) {
      const known = [...COMPONENT_FLAGS.keys()].join(', ');
      return [{ path: [component], message: `there is no component ${component}; there are: ${known}`, atKey: true }];
    }
    const misfits = Object.entries(flags).flatMap(([flag, value]): Misfit[] => {
      const message = flagProblem(component, flag, value);
      return message === undefined ? [] : [{ path: [component, flag], message }];
    });
    const together = flagsProblem(component, flags);
    return together ? [...misfits, { path: [component, together.flag], message: together.message }] : misfits;
  });
}

/** Everything wrong with a spec whose shape is right; paths begin below `spec`. */
export function settingsMisfits(spec: ScenarioSpec): Misfit[] {
  const nodes = new Set(nodesOf(spec.nodes).map(({ name }) => name));
  const twice = (spec.actions ?? []).flatMap(({ addNode }, index): Misfit[] => {
    if (!addNode) return [];
    const isKnown = nodes.has(addNode.name);
    nodes.add(addNode.name);
    const message = `there is a node ${addNode.name} already`;
    return isKnown ? [{ path: ['actions', index, 'addNode', 'name'], message }] : [];
  });
  const added = (spec.actions ?? []).filter(({ addNode }) => addNode).length;
  const message = `more than ${MAX_ADDED_NODES} nodes are added; those of spec.nodes may join later too (joinsAt)`;
  return [
    ...twice,
    ...(added > MAX_ADDED_NODES ? [{ path: ['actions'], message }] : []),
    ...below(nodeMisfits(spec.nodes), 'nodes'),
    ...below(componentMisfits(spec.components), 'components'),
    ...below(trafficMisfits(spec.traffic ?? [], nodes), 'traffic'),
    ...(spec.programs ?? []).flatMap((program, index) => below(programMisfits(program), 'programs', index)),
    ...expectMisfits(spec.expect ?? []),
    ...(spec.actions ?? []).flatMap((action, index) => below(actionMisfits(action, nodes), 'actions', index)),
  ];
}

/** Settings that are accepted and do nothing yet, each with the reason; paths begin below `spec`. */
export function idleSettings(spec: ScenarioSpec): Misfit[] {
  const idle: Misfit[] = [];
  for (const [component, flags] of Object.entries(spec.components ?? {})) {
    for (const flag of Object.keys(flags)) {
      if (COMPONENT_FLAGS.get(component)?.has(flag)) continue;
      idle.push({ path: ['components', component, flag], message: `this flag of ${component} is not simulated` });
    }
  }
  (spec.actions ?? []).forEach(({ fault }, index) => {
    if (!fault) return;
    if (IDLE_FAULTS.includes(fault.type))
      idle.push({ path: ['actions', index, 'fault'], message: `the fault ${fault.type} is not simulated yet` });
    const { component = '' } = fault;
    if (OPTIONAL.includes(component) && !spec.components?.[component])
      idle.push({
        path: ['actions', index, 'fault'],
        message: `there is no ${component}: spec.components does not name it`,
      });
  });
  return idle;
}
