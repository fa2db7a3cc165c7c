/**
 * One moment of a run as conditions see it: the state after a step, at a time at or after it. Looking is reading: nothing runs on. Of what
 * processes printed the end is known.
 */

import type { KubeObject } from '../engine/api/meta';
import { findResource } from '../engine/api/scheme';
import { matchesRequirements } from '../engine/api/selector';
import { parseLabelSelector } from '../engine/api/selector-parser';
import type { CustomResourceDefinition, Pod } from '../engine/api/types';
import type { MachineContainer } from '../engine/machine/records';
import type { Simulation } from '../engine/simulation';
import type { TraceStep } from '../engine/trace/trace';
import {
  addCounts,
  countsBefore,
  countsIn,
  memoryOfSource,
  NO_REQUESTS,
  type RequestCounts,
} from '../engine/traffic/counts';
import { Beside } from './beside';

/** What of a moment was looked at: as long as that stays, an expression keeps its value. */
export interface Looks {
  /** Kinds whose objects were read. */
  readonly kinds: Set<string>;
  /** Something was read that changes with every step. */
  everyStep: boolean;
  /** Something was read that changes with every second. */
  everySecond: boolean;
}

/** See the header. */
export interface Moment {
  readonly simulation: Simulation;
  readonly step: number;
  readonly timeMs: number;
  /** More may happen in the same millisecond: a second that ends with it is not over yet. */
  readonly isMidway?: boolean;
  /** Kept by those who look at moments one after the other. */
  readonly beside?: Beside;
}

/** How many seconds are over. */
export const secondOf = ({ timeMs, isMidway }: Moment): number => Math.floor((timeMs - (isMidway ? 1 : 0)) / 1000);

/** The name under which the engine keeps a kind; undefined for one that isn't served. */
function kindOf({ simulation, step }: Moment, kind: string): string | undefined {
  if (findResource(kind)) return kind;
  const definitions = simulation.objectsAt(step, 'CustomResourceDefinition') as CustomResourceDefinition[];
  const found = definitions.find(({ spec }) => spec.names.kind === kind || `${spec.names.kind}.${spec.group}` === kind);
  return found && `${found.spec.names.kind}.${found.spec.group}`;
}

/** The same, noted as looked at: a kind that isn't served may be later. */
function lookUpKind(moment: Moment, kind: string, looks: Looks): string | undefined {
  const known = kindOf(moment, kind);
  looks.kinds.add(known ?? 'CustomResourceDefinition');
  return known;
}

/** An object by its name; null when there is none, undefined for a kind that isn't served. */
export function objectAt(
  moment: Moment,
  looks: Looks,
  kind: string,
  name: string,
  namespace = 'default',
): KubeObject | null | undefined {
  const { simulation, step } = moment;
  const known = lookUpKind(moment, kind, looks);
  if (known === undefined) return undefined;
  const found = simulation.objectAt(step, known, namespace, name) ?? simulation.objectAt(step, known, undefined, name);
  return found ?? null;
}

/** Objects of a kind that a selector selects, of one namespace or of all. Throws for a selector that can't be read. */
export function listAt(
  moment: Moment,
  looks: Looks,
  kind: string,
  selector = '',
  namespace?: string,
): readonly KubeObject[] | undefined {
  const requirements = parseLabelSelector(selector);
  const known = lookUpKind(moment, kind, looks);
  if (known === undefined) return undefined;
  return moment.simulation
    .objectsAt(moment.step, known)
    .filter(
      ({ metadata }) =>
        (namespace === undefined || metadata.namespace === namespace) &&
        matchesRequirements(requirements, metadata.labels),
    );
}

/** The step that led here; null at the very beginning. */
export function stepOf({ simulation, step }: Moment): TraceStep | null {
  return step > 0 ? simulation.traceAt(step) : null;
}

/** What is known of the requests of one source, or of all, in the last whole second or since 0. */
export function requestsAt(
  moment: Moment,
  looks: Looks,
  source: string | undefined,
  since: 'last second' | 'beginning',
): RequestCounts | undefined {
  looks.everySecond = true;
  const { simulation } = moment;
  const names = (simulation.config.traffic ?? []).map(({ name }) => name);
  if (source !== undefined && !names.includes(source)) return undefined;
  const second = secondOf(moment);
  return (source === undefined ? names : [source]).reduce((sum, name) => {
    const memory = memoryOfSource(simulation, name);
    if (!memory) return sum;
    return addCounts(sum, since === 'beginning' ? countsBefore(memory, second) : countsIn(memory, second - 1));
  }, NO_REQUESTS);
}

/** What a machine remembers of its containers. */
interface Containers {
  readonly containers: ReadonlyMap<string, Pick<MachineContainer, 'podUid' | 'name' | 'log'>>;
}

/** What the latest instance of a Pod's container has printed by now; nothing when there is no such Pod or container. */
export function logsAt(moment: Moment, looks: Looks, pod: string, container?: string): string {
  looks.everyStep = true;
  looks.everySecond = true;
  const [namespace, name] = pod.includes('/') ? (pod.split('/') as [string, string]) : ['default', pod];
  const found = moment.simulation.objectAt(moment.step, 'Pod', namespace, name) as Pod | undefined;
  if (!found?.spec.nodeName) return '';
  const { beside = new Beside(moment.simulation), step, timeMs } = moment;
  const memory = beside.at(step, timeMs).memoryOf(`machine/${found.spec.nodeName}`);
  const machine = memory as unknown as Containers | undefined;
  if (!machine) return '';
  const wanted = container ?? found.spec.containers[0]?.name;
  const instances = [...machine.containers.values()].filter(
    (one) => one.podUid === found.metadata.uid && one.name === wanted,
  );
  const lines = instances.at(-1)?.log.chunks.flat();
  return lines?.flatMap(({ atMs, text }) => (atMs <= timeMs ? `${text}\n` : [])).join('') ?? '';
}
