/** What an entry of `actions` does, as inputs of the engine. */
import type { KubeObject } from '../engine/api/meta';
import type { TimedInput } from '../engine/simulation';
import { parseManifests } from '../kubectl/yaml';
import { milliseconds } from './milliseconds';
import { nodeOf } from './nodes';
import type { RawAction, RawFault } from './scenario-shape';

/** Manifests given inside an action: text, one object, or a list of either. */
function documentsIn(apply: unknown): { documents: KubeObject[]; problem?: string } {
  if (typeof apply === 'string') {
    const { documents, problems } = parseManifests(apply);
    return { documents: documents.map((document) => document.object), problem: problems[0]?.message };
  }
  if (Array.isArray(apply)) {
    const parts = apply.map(documentsIn);
    return { documents: parts.flatMap((part) => part.documents), problem: parts.find((part) => part.problem)?.problem };
  }
  if (typeof apply === 'object' && apply !== null) return { documents: [apply as KubeObject] };
  return { documents: [], problem: 'must be a manifest or a list of manifests' };
}

/** The groups of users by their names. */
export type Groups = ReadonlyMap<string, readonly string[] | undefined>;

/** See the header; `problem`: what of it can't be read. */
export function inputsOf(
  action: RawAction,
  durationMs: number,
  users: Groups,
): { inputs: TimedInput[]; problem?: string } {
  const atMs = milliseconds(action.at, 0);
  const inputs: TimedInput[] = [];
  let problem: string | undefined;
  if (action.kubectl !== undefined) {
    const { kubectl: command, stdin, as } = action;
    const untilMs = milliseconds(action.until, durationMs);
    const groups = users.get(as ?? '');
    inputs.push({ to: 'user', kind: 'kubectl', payload: { command, stdin, as, groups, untilMs }, atMs });
  }
  if (action.apply !== undefined) {
    const found = documentsIn(action.apply);
    problem = found.problem;
    inputs.push({ to: 'user', kind: 'apply', payload: { documents: found.documents }, atMs });
  }
  if (action.addNode) {
    const { name } = action.addNode;
    inputs.push({ to: 'user', kind: 'join', payload: nodeOf(action.addNode, name), atMs });
  }
  if (action.fault) inputs.push({ to: 'fault', kind: 'fault', payload: faultPayload(action.fault), atMs });
  if (action.heal) inputs.push({ to: 'fault', kind: 'heal', payload: faultPayload(action.heal), atMs });
  const { afterSteps } = action;
  return { inputs: afterSteps ? inputs.map((input) => ({ ...input, afterSteps })) : inputs, problem };
}

/** A fault with its durations in ms. */
function faultPayload(raw: RawFault): Record<string, unknown> {
  const { for: duration, latency, ...rest } = raw;
  return {
    ...rest,
    ...(duration === undefined ? {} : { forMs: milliseconds(String(duration), 0) }),
    ...(latency === undefined ? {} : { latencyMs: milliseconds(String(latency), 0) }),
  };
}
