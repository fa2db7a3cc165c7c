/**
 * Conditions: expressions of CEL over one moment (the public contract, section 8). They are compiled when a scenario is read, so that a mistake
 * is told with its place; what is missing in a comparison is null.
 */
import { type CelFunction, type CelProgram, type CelShape, compileCel, evaluateCel } from '../engine/api/cel/cel';
import { CelDuration, CelError } from '../engine/api/cel/values';
import type { KubeObject } from '../engine/api/meta';
import { failedOf, type RequestCounts } from '../engine/traffic/counts';
import { type Looks, listAt, logsAt, type Moment, objectAt, requestsAt, stepOf } from './moment';
import { inPlainWords } from './plain-words';

/** Functions that go through a stretch of time: only predictions have them. */
export const OVER_TIME = ['maximum', 'minimum', 'first'] as const;

const NAMES = ['get', 'list', 'events', 'requests', 'totalRequests', 'logs'] as const;

const VARIABLES = new Map<string, CelShape | undefined>([
  ['time', { type: 'duration' }],
  ['step', undefined],
]);

/** Compiles the text of a condition. */
export function compileCondition(
  text: string,
  further: readonly string[] = [],
): CelProgram | { readonly problem: string } {
  const functions = Object.fromEntries([...NAMES, ...further].map((name) => [name, () => undefined]));
  const compiled = compileCel(text, { variables: VARIABLES, functions, hasBind: true });
  return 'problem' in compiled ? { problem: inPlainWords(compiled.problem, text) } : compiled;
}

const texts = (args: readonly unknown[], least: number, most: number): args is readonly string[] =>
  args.length >= least && args.length <= most && args.every((arg) => typeof arg === 'string');

/** A function of texts; what it throws is a mistake in the condition. */
function ofTexts(least: number, most: number, answer: (...args: string[]) => unknown): CelFunction {
  return (args, spend) => {
    if (!texts(args, least, most)) return undefined;
    spend(1);
    try {
      return answer(...args);
    } catch (error) {
      throw error instanceof CelError ? error : new CelError((error as Error).message);
    }
  };
}

function known<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new CelError(what);
  return value;
}

const counted = (counts: RequestCounts) => ({
  sent: counts.sent,
  ok: counts.ok,
  failed: failedOf(counts),
  reasons: counts.failed,
});

function functionsAt(moment: Moment, looks: Looks): Readonly<Record<string, CelFunction>> {
  const sums = (since: 'last second' | 'beginning') =>
    ofTexts(0, 1, (source?: string) =>
      counted(known(requestsAt(moment, looks, source, since), `there is no source of requests called ${source}`)),
    );
  return {
    get: ofTexts(2, 3, (kind: string, name: string, namespace?: string) =>
      known(objectAt(moment, looks, kind, name, namespace), `there is no kind ${kind}`),
    ),
    list: ofTexts(1, 3, (kind: string, selector?: string, namespace?: string) =>
      known(listAt(moment, looks, kind, selector, namespace), `there is no kind ${kind}`),
    ),
    events: ofTexts(0, 1, (reason?: string) =>
      (listAt(moment, looks, 'Event') as readonly KubeObject[]).filter(
        (event) => reason === undefined || event.reason === reason,
      ),
    ),
    requests: sums('last second'),
    totalRequests: sums('beginning'),
    logs: ofTexts(1, 2, (pod: string, container?: string) => logsAt(moment, looks, pod, container)),
  };
}

function stepBinding(moment: Moment): unknown {
  const step = stepOf(moment);
  if (!step) return null;
  const { step: number, actor, verb, object, message, time } = step;
  return { number, actor, verb, object, message, time };
}

/** A value, or what went wrong; and what it was made of. */
export type Evaluated = { readonly looks: Looks } & ({ readonly value: unknown } | { readonly error: string });

/** The value of a condition at a moment. `further` are values under names that no text can have. */
export function evaluateCondition(
  program: CelProgram,
  moment: Moment,
  further: Readonly<Record<string, unknown>> = {},
): Evaluated {
  const looks: Looks = { kinds: new Set(), everyStep: false, everySecond: false };
  const result = evaluateCel(program, {
    bindings: {
      ...further,
      time: () => {
        looks.everySecond = true;
        return new CelDuration(BigInt(Math.round(moment.timeMs)) * 1_000_000n);
      },
      step: () => {
        looks.everyStep = true;
        return stepBinding(moment);
      },
    },
    functions: functionsAt(moment, looks),
    lenient: true,
  });
  return 'value' in result ? { looks, value: result.value } : { looks, error: result.error };
}

/** Whether a condition holds; a value that is no truth value is a mistake. */
export function holdsAt(
  program: CelProgram,
  moment: Moment,
): { readonly looks: Looks; readonly holds?: boolean; readonly error?: string } {
  const evaluated = evaluateCondition(program, moment);
  const { looks } = evaluated;
  if ('error' in evaluated) return { looks, error: evaluated.error };
  if (typeof evaluated.value !== 'boolean') return { looks, error: 'the expression is neither true nor false' };
  return { looks, holds: evaluated.value };
}
