/**
 * kubectl wait: for a condition, a JSON path, deletion or creation, object after object. Follows staging/src/k8s.io/kubectl/pkg/cmd/wait/; the watch is a
 * look every so often.
 */
import type { Condition, KubeObject } from '../../engine/api/meta';
import type { Call, Command, Progress, Turn } from '../command';
import { isRefusal, KubectlError, type PackedError, packError, throwAll, unpackError } from '../errors';
import { FIELD_SELECTOR, FILENAME, flag, OUTPUT, SELECTOR } from '../flag-sets';
import { relaxed } from '../json-path-text';
import { findJsonPath } from '../output/jsonpath';
import { printResult } from '../output-format';
import { type Info, isMissing, type Selection, select, settle, standardQuery } from '../selection';
import { pollMs } from './delete';

/** One `--for`. */
export type WaitFor =
  | { readonly type: 'create' }
  | { readonly type: 'delete' }
  | { readonly type: 'condition'; readonly name: string; readonly status: string }
  | { readonly type: 'jsonpath'; readonly expression: string; readonly value: string };

interface WaitProgress extends Progress {
  /** The objects, and in their places why others weren't found; undefined while creation is still awaited. */
  readonly wanted: readonly (Info | PackedError)[] | undefined;
  readonly object: number;
  readonly condition: number;
  /** What has timed out or was not found so far. */
  readonly errors?: readonly PackedError[];
}

const WEEK_MS = 168 * 3_600_000;
const CREATE_POLL_MS = 500;
/** How many objects are looked at before others may go on. */
const OBJECTS_PER_TURN = 500;

function parseJsonPath(input: string): WaitFor {
  const [path = '', value, ...more] = input
    .replaceAll('==', '\u0000')
    .split('=')
    .map((part) => part.replaceAll('\u0000', '=='));
  if (more.length > 0) {
    throw new KubectlError(
      "jsonpath wait format must be --for=jsonpath='{.status.readyReplicas}'=3 or --for=jsonpath='{.status.readyReplicas}'",
    );
  }
  const wanted = (value ?? '').replace(/^['"]+|['"]+$/g, '');
  if (value !== undefined && wanted === '') {
    throw new KubectlError(
      "jsonpath wait has to have a value after equal sign, like --for=jsonpath='{.status.readyReplicas}'=3",
    );
  }
  if (path === '') throw new KubectlError('jsonpath expression cannot be empty');
  return { type: 'jsonpath', expression: relaxed(path), value: wanted };
}

/** Reads the `--for` flags. */
export function parseConditions(texts: readonly string[]): WaitFor[] {
  if (texts.length === 0) throw new KubectlError('unrecognized condition: []');
  return texts.map((text) => {
    const lower = text.toLowerCase();
    if (lower === 'delete') return { type: 'delete' };
    if (lower === 'create') return { type: 'create' };
    if (text.startsWith('condition=')) {
      const [name = '', ...rest] = text.slice('condition='.length).split('=');
      return { type: 'condition', name, status: rest.length > 0 ? rest.join('=') : 'true' };
    }
    if (text.startsWith('jsonpath=')) return parseJsonPath(text.slice('jsonpath='.length));
    throw new KubectlError(`unrecognized condition: ${JSON.stringify(text)}`);
  });
}

function hasCondition(object: KubeObject, name: string, wanted: string): boolean {
  const status = (object.status ?? {}) as { conditions?: readonly Condition[]; observedGeneration?: number };
  const found = status.conditions?.find((condition) => condition.type.toLowerCase() === name.toLowerCase());
  if (!found) return false;
  const generation = object.metadata.generation;
  const observed = found.observedGeneration ?? status.observedGeneration;
  if (generation !== undefined && observed !== undefined && observed < generation) return false;
  return found.status.toLowerCase() === wanted.toLowerCase();
}

function hasJsonPath(object: KubeObject, expression: string, wanted: string): boolean {
  const results = findJsonPath(expression, object);
  const [first] = results;
  if (!first || first.length === 0) return false;
  if (results.length > 1) throw new KubectlError('given jsonpath expression matches more than one list');
  if (first.length > 1) throw new KubectlError('given jsonpath expression matches more than one value');
  if (wanted === '') return true;
  if (typeof first[0] === 'object' && first[0] !== null) {
    throw new KubectlError('jsonpath leads to a nested object or list which is not supported');
  }
  return String(first[0]).trim() === wanted.trim();
}

/** True when the condition holds of what is stored now; `live` is undefined when the object is gone. */
function isMet(condition: WaitFor, live: KubeObject | undefined, info: Info): boolean {
  if (condition.type === 'create') return true;
  if (condition.type === 'delete') return !live || live.metadata.uid !== info.object?.metadata.uid;
  if (!live) return false;
  if (condition.type === 'condition') return hasCondition(live, condition.name, condition.status);
  return hasJsonPath(live, condition.expression, condition.value);
}

function deadlineOf(call: Call): number {
  const timeoutMs = call.flags.ms('timeout');
  return call.process.startedMs + (timeoutMs < 0 ? WEEK_MS : timeoutMs);
}

/** What is to be waited for; undefined while creation is still awaited. */
function resolve(call: Call, conditions: readonly WaitFor[]): WaitProgress['wanted'] {
  const all = call.flags.bool('all');
  const query = { ...standardQuery(call, call.args, all), latest: true, nameless: true };
  const selection: Selection = select(call, query);
  const { infos, errors } = settle(selection);
  const forDelete = conditions.some(({ type }) => type === 'delete');
  if (conditions.some(({ type }) => type === 'create')) {
    const other = errors.find((error) => !isMissing(error));
    if (other) throw other;
    return infos.length > 0 && errors.length === 0 ? infos : undefined;
  }
  if (selection.entries.length === 0 && !forDelete) throw new KubectlError('no matching resources found');
  return selection.entries.flatMap((entry): (Info | PackedError)[] => {
    if ('info' in entry)
      return [entry.info.name === '' ? packError(new KubectlError('resource name must be provided')) : entry.info];
    return forDelete && isRefusal(entry.error, 'NotFound') ? [] : [packError(entry.error)];
  });
}

function awaitCreation(call: Call): Turn {
  const { nowMs } = call.io;
  const deadlineMs = deadlineOf(call);
  if (nowMs >= deadlineMs) throw new KubectlError('timed out waiting for the condition');
  const progress: WaitProgress = { wanted: undefined, object: 0, condition: 0 };
  return { progress, wakeMs: Math.min(nowMs + CREATE_POLL_MS, deadlineMs) };
}

function run(call: Call): Turn {
  const conditions = parseConditions(call.flags.list('for'));
  const before = call.progress as WaitProgress | undefined;
  const wanted = before?.wanted ?? resolve(call, conditions);
  if (!wanted) return awaitCreation(call);
  const { nowMs } = call.io;
  const deadlineMs = deadlineOf(call);
  const errors: PackedError[] = [...(before?.errors ?? [])];
  let object = before?.object ?? 0;
  const last = object + OBJECTS_PER_TURN;
  let condition = before?.condition ?? 0;
  // The time is shared: once one object has used it up, the next are not looked at.
  const isTooLate = (index: number) => nowMs >= deadlineMs && index !== before?.object && !isCheckOnly(call);
  while (object < wanted.length) {
    const info = wanted[object] as Info | PackedError;
    if (!('mapping' in info)) {
      errors.push(info);
      object++;
      continue;
    }
    const live = call.io.client.find(info.mapping.id, info.namespace, info.name);
    const wanting = conditions[condition] as WaitFor;
    const tooLate = isTooLate(object);
    const met = !tooLate && isMet(wanting, live, info);
    if (!met && nowMs < deadlineMs) {
      const progress: WaitProgress = { wanted, object, condition, errors };
      return { progress, wakeMs: Math.min(nowMs + pollMs(call), deadlineMs) };
    }
    if (met) printResult(call, live ?? (info.object as KubeObject), 'condition met');
    else errors.push(packError(tooLate && wanting.type === 'delete' ? new KubectlError(NOT_ASKED) : unmet(call, info)));
    condition = met ? condition + 1 : conditions.length;
    if (condition < conditions.length) continue;
    condition = 0;
    object++;
    if (object === last && object < wanted.length) {
      return { progress: { wanted, object, condition, errors }, wakeMs: nowMs };
    }
  }
  throwAll(errors.map(unpackError));
  return undefined;
}

/** Whether everything is looked at once. */
const isCheckOnly = (call: Call): boolean => call.flags.ms('timeout') === 0;

/** What is to go away is asked for first, which a client whose time is over does not do. */
const NOT_ASKED = 'client rate limiter Wait returned an error: context deadline exceeded';

function unmet(call: Call, info: Info): Error {
  const name = `${info.mapping.plural}/${info.name}`;
  return new KubectlError(
    isCheckOnly(call) ? `condition not met for ${name}` : `timed out waiting for the condition on ${name}`,
  );
}

/** kubectl wait. */
export const wait: Command = {
  path: 'wait',
  reads: true,
  use: 'wait ([-f FILENAME] | TYPE/NAME | TYPE [(-l label | --all)]) --for=condition=available',
  flags: [
    ...FILENAME,
    ...SELECTOR,
    ...FIELD_SELECTOR,
    ...OUTPUT,
    flag.bool('all'),
    flag.bool('all-namespaces', 'A'),
    flag.idle(flag.bool('local'), 'the conditions of the cluster are waited for'),
    flag.duration('timeout', '30s'),
    flag.array('for'),
  ],
  run,
};
