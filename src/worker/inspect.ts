/** Everything the inspector shows of one object at one step, read from the branch's history. */
import { stringify } from 'yaml';
import type { KubeObject } from '../engine/api/meta';
import type { Simulation } from '../engine/simulation';
import { testimonyOn } from '../view/evidence';
import { parseRowId } from '../view/rows';
import { diffLines } from '../view/text-diff';
import { causesOf, linkOf, writesUpTo } from '../view/why';
import { eventsAbout } from './object-events';
import type { Inspection } from './protocol';

/** Null when the object had not been made yet at that step. */
export function inspect(simulation: Simulation, id: string, step: number): Inspection | null {
  const reference = parseRowId(id);
  const writes = writesUpTo(simulation, reference, step);
  const last = writes[writes.length - 1];
  if (!last) return null;
  const valued = writes.filter((write) => write.value !== undefined);
  const shown = valued[valued.length - 1];
  const before = last.value === undefined ? undefined : valued[valued.length - 2];
  const yaml = shown?.value ? yamlOf(shown.value) : '';
  const heard = { from: writes[0]!.step, written: last.step, to: step };
  const { scheduling, decision, since } = testimonyOn(simulation, reference, heard);
  return {
    id,
    step,
    exists: last.value !== undefined,
    yaml,
    change: before?.value ? diffLines(yamlOf(before.value), yaml) : [],
    writtenStep: last.step,
    previousStep: before?.step ?? null,
    why: causesOf(simulation, last.step),
    origin: causesOf(simulation, creationOf(writes).step),
    scheduling,
    decision,
    since: since.map(linkOf),
    events: shown?.value ? eventsAbout(simulation.objectsAt(step, 'Event'), shown.value) : [],
  };
}

/** The write that made the present incarnation of a name. */
function creationOf(writes: ReturnType<typeof writesUpTo>): { step: number } {
  let created = writes[0]!;
  for (let index = 1; index < writes.length; index += 1) {
    if (writes[index - 1]!.value === undefined && writes[index]!.value !== undefined) created = writes[index]!;
  }
  return created;
}

function yamlOf(object: KubeObject): string {
  return stringify(object, { lineWidth: 0 });
}
