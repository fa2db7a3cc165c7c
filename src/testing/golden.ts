/**
 * Golden traces: what a scenario does, one line per step, kept beside it so that reviewers read every change of behaviour in
 * a diff. Generated names are numbered in the order in which they came, so that a new draw somewhere doesn't change every line.
 * `UPDATE_GOLDEN=1` writes them anew.
 */
import type { TraceStep } from '../engine/trace/trace';
import { createSession } from '../session/create-session';

function lineOf({ step, time, actor, verb, object, cause, message }: TraceStep): string {
  const about = object ? `${object.kind}/${object.name}` : '-';
  const because = cause === null ? 'by itself' : `because of ${cause}`;
  return `${step} ${time}ms ${actor} ${verb} ${about} ${because}: ${message}`;
}

/** The trace of a scenario text up to its duration, without the heartbeats of Nodes. */
export function goldenTrace(text: string): string {
  const { session, problems } = createSession(text, { derivedTrial: 'verify' });
  if (!session || problems.length > 0)
    throw new Error(problems.map(({ line, message }) => `${line}: ${message}`).join('\n'));
  const { simulation, scenario } = session;
  const { message } = simulation.run({ timeMs: scenario.durationMs });
  if (message) throw new Error(message);
  const named = simulation
    .changes(0, simulation.revision)
    .flatMap(({ previous, value }) => (previous || !value?.metadata.generateName ? [] : [value.metadata]));
  const shown = (text: string): string =>
    named.reduce((so, { name, generateName }, index) => so.replaceAll(name, `${generateName}${index + 1}`), text);
  const steps = simulation
    .trace(1, simulation.step)
    .filter((step) => step.verb !== 'renew' && step.object?.kind !== 'ConfigMap');
  return shown(`${steps.map(lineOf).join('\n')}\n`);
}
