/** Everything the inspector shows of one object at one step, read from the branch's history. */
import { controllerOf, type KubeObject } from '../engine/api/meta';
import { parseTimestamp } from '../engine/api/timestamp';
import type { Lease, Pod } from '../engine/api/types';
import { waitsOf } from '../engine/kubelet-waits';
import type { Simulation } from '../engine/simulation';
import { containerLines } from '../view/container-lines';
import { type Countdown, countdownsOf } from '../view/countdowns';
import { testimonyOn } from '../view/evidence';
import { parseRowId } from '../view/rows';
import { type DiffLine, diffLines } from '../view/text-diff';
import { causesOf, linkOf, writesUpTo } from '../view/why';
import { eventsAbout } from './object-events';
import { bothPrinted, printed, yamlOf } from './printed';
import type { Difference, Inspection, Moment } from './protocol';

const MAX_WRITES = 200;

/** Null when the object had not been made yet at that step. */
export function inspect(simulation: Simulation, id: string, { step, timeMs }: Moment): Inspection | null {
  const reference = parseRowId(id);
  // What a step made of an object, in however many writes.
  const each = writesUpTo(simulation, reference, step);
  const writes = each.filter((write, index) => write.step !== each[index + 1]?.step);
  const last = writes[writes.length - 1];
  if (!last) return null;
  const valued = writes.filter((write) => write.value !== undefined);
  const shown = valued[valued.length - 1];
  const before = last.value === undefined ? undefined : valued[valued.length - 2];
  const yaml = shown?.value ? printed(shown.value) : '';
  const heard = { from: writes[0]!.step, written: last.step, to: step };
  const { scheduling, decision, since } = testimonyOn(simulation, reference, heard);
  return {
    id,
    step,
    exists: last.value !== undefined,
    yaml,
    change: before?.value ? diffLines(...bothPrinted(before.value, shown?.value)) : [],
    writtenStep: last.step,
    previousStep: before?.step ?? null,
    why: causesOf(simulation, last.step),
    origin: causesOf(simulation, creationOf(each).step),
    scheduling,
    decision,
    since: since.map(linkOf),
    writes: writes.slice(-MAX_WRITES).map(({ step: at, value }) => ({
      step: at,
      // What the cluster begins with was written before its first step.
      timeMs: at > 0 ? simulation.traceAt(at).time : 0,
      exists: value !== undefined,
    })),
    containers: last.value?.kind === 'Pod' ? containerLines(last.value as Pod) : [],
    countdowns: last.value ? countdowns(simulation, last.value, { step, timeMs }) : [],
    events: shown?.value ? eventsAbout(simulation.objectsAt(step, 'Event'), shown.value) : [],
  };
}

function countdowns(simulation: Simulation, object: KubeObject, { step, timeMs }: Moment): Countdown[] {
  const lease =
    object.kind === 'Node' ? simulation.objectAt(step, 'Lease', 'kube-node-lease', object.metadata.name) : undefined;
  const waits = object.kind === 'Pod' ? waitsOf(simulation, object as Pod, step) : [];
  const startMs = parseTimestamp(simulation.config.startTime);
  return countdownsOf(object, { lease: lease as Lease | undefined, waits }, startMs, timeMs);
}

/** How an object differs from what it was at another step, or, of a Pod, from the template it was made of. */
export function differenceOf(simulation: Simulation, id: string, { from, to }: Difference): readonly DiffLine[] {
  const { kind, namespace, name } = parseRowId(id);
  const at = (step: number) => simulation.objectAt(step, kind, namespace || undefined, name);
  const after = at(to);
  if (from !== 'template') {
    return diffLines(...bothPrinted(at(from), after));
  }
  const owner = after && controllerOf(after);
  const holder = owner && simulation.objectAt(to, owner.kind, namespace || undefined, owner.name);
  const template = (holder as { spec?: { template?: { spec?: object } } } | undefined)?.spec?.template?.spec;
  if (!template || !after) return [];
  return diffLines(yamlOf(template), yamlOf((after as Pod).spec));
}

/** The write that made the present incarnation of a name. */
function creationOf(writes: ReturnType<typeof writesUpTo>): { step: number } {
  let created = writes[0]!;
  for (let index = 1; index < writes.length; index += 1) {
    if (writes[index - 1]!.value === undefined && writes[index]!.value !== undefined) created = writes[index]!;
  }
  return created;
}
