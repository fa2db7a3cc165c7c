/** What is comparable of a run, by the names that cases ask for. */
import { placeholders } from '../placeholders';
import type { Json, JsonRecord, Run } from '../run';
import { controlPlaneEvents, kubeletEvents } from './events';
import { conditions, final, replicas } from './objects';
import { output } from './output';
import { life, order, placement } from './pods';

/** The facts of a run that a case asks for; `kinds` bounds whose conditions count. */
export function factsOf(run: Run, wanted: readonly string[], kinds?: readonly string[]): Json {
  const substitute = placeholders(run.watch);
  const makers: Readonly<Record<string, () => Json>> = {
    final: () => final(run, substitute, wanted.includes('placement')),
    conditions: () => conditions(run, substitute, kinds),
    events: () => controlPlaneEvents(run, substitute),
    kubelet: () => kubeletEvents(run, substitute),
    life: () => life(run, substitute),
    replicas: () => replicas(run, substitute),
    order: () => order(run, substitute),
    placement: () => placement(run, substitute),
    output: () => output(run, substitute),
  };
  const facts: JsonRecord = {};
  for (const name of wanted) {
    const make = makers[name];
    if (!make) throw new Error(`no fact is called ${name}`);
    facts[name] = make();
  }
  return facts;
}
