/**
 * Answers that a run gives: expressions with `maximum(e, from, to)`, `minimum(e, from, to)` and `first(e, from, to)`, which go through every
 * moment of a stretch of time. Each is worked out by running; the rest of the expression is worked out at the end of the last stretch.
 */
import type { Node } from '../engine/api/cel/ast';
import type { CelProgram } from '../engine/api/cel/cel';
import { CelDuration, compareValues } from '../engine/api/cel/values';
import { parseDuration } from '../engine/api/duration';
import type { Simulation } from '../engine/simulation';
import { compileCondition, evaluateCondition, OVER_TIME } from './condition';
import type { Looks, Moment } from './moment';
import { type Observer, observe } from './observer';

/** One call of a function over time. */
interface Stretch {
  readonly name: (typeof OVER_TIME)[number];
  readonly program: CelProgram;
  readonly fromMs: number;
  readonly toMs: number;
}

/** A compiled answer: what goes through time, and what is made of it. */
export interface Prediction {
  readonly stretches: readonly Stretch[];
  /** Calls over time stand in it as names: `@0`, `@1` … */
  readonly program: CelProgram;
}

type Call = Node & { readonly op: 'call' };

const isOverTime = (node: unknown): node is Call =>
  typeof node === 'object' &&
  node !== null &&
  (node as Call).op === 'call' &&
  !(node as Call).target &&
  (OVER_TIME as readonly string[]).includes((node as Call).name);

function timeOf(node: Node | undefined): number | undefined {
  if (node?.op !== 'literal' || typeof node.value !== 'string') return undefined;
  const parsed = parseDuration(node.value);
  return 'ms' in parsed && parsed.ms >= 0 ? parsed.ms : undefined;
}

function stretchOf({ name, args }: Call, text: string): Stretch | { readonly problem: string } {
  const [inner, from, to] = args;
  const [fromMs, toMs] = [timeOf(from), timeOf(to)];
  if (!inner || args.length !== 3 || fromMs === undefined || toMs === undefined || toMs < fromMs)
    return { problem: `${name} takes an expression and two times in order: ${name}(…, '20s', '40s')` };
  if (JSON.stringify(inner, (_key, value) => (typeof value === 'bigint' ? Number(value) : value)).includes('"name":"@'))
    return { problem: `${name} can't go through what goes through time itself` };
  return { name: name as Stretch['name'], program: { text, tree: inner }, fromMs, toMs };
}

/** Compiles an answer. */
export function compilePrediction(text: string): Prediction | { readonly problem: string } {
  const compiled = compileCondition(text, OVER_TIME);
  if ('problem' in compiled) return compiled;
  const stretches: Stretch[] = [];
  let problem: string | undefined;
  const replaced = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(replaced);
    if (typeof value !== 'object' || value === null) return value;
    const node = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, replaced(inner)]));
    if (!isOverTime(node)) return node;
    const stretch = stretchOf(node, text);
    if ('problem' in stretch) {
      problem ??= stretch.problem;
      return node;
    }
    stretches.push(stretch);
    return { op: 'ident', name: `@${stretches.length - 1}`, at: node.at };
  };
  const tree = replaced(compiled.tree) as Node;
  return problem === undefined ? { stretches, program: { text, tree } } : { problem };
}

class Going implements Observer {
  value: unknown = null;
  error: string | undefined;

  constructor(private readonly stretch: Stretch) {}

  get fromMs(): number {
    return this.stretch.fromMs;
  }
  get toMs(): number {
    return this.stretch.toMs;
  }

  look(moment: Moment): Looks | undefined {
    const { name, program } = this.stretch;
    const evaluated = evaluateCondition(program, moment);
    const { looks } = evaluated;
    if ('error' in evaluated) {
      // What can't be told yet is not the case yet.
      if (name === 'first') return looks;
      this.error ??= evaluated.error;
      return undefined;
    }
    const { value } = evaluated;
    if (name === 'first') {
      if (value !== true) return looks;
      this.value = new CelDuration(BigInt(Math.round(moment.timeMs)) * 1_000_000n);
      return undefined;
    }
    if (value === null) return looks;
    const order = this.value === null ? 0 : compareValues(value, this.value);
    if (this.value === null || (name === 'maximum' ? order > 0 : order < 0)) this.value = value;
    return looks;
  }
}

/** Runs a simulation as far as an answer needs and gives it: a number, text, truth value, or a time in ms as `{ms}`; or what went wrong. */
export function predict(
  simulation: Simulation,
  { stretches, program }: Prediction,
  atMs: number,
): { readonly value: unknown } | { readonly error: string } {
  const going = stretches.map((stretch) => new Going(stretch));
  const untilMs = Math.max(atMs, ...stretches.map(({ toMs }) => toMs));
  const problem = observe(simulation, going, untilMs, true) ?? going.find(({ error }) => error !== undefined)?.error;
  if (problem !== undefined) return { error: problem };
  const moment = { simulation, step: simulation.step, timeMs: untilMs };
  const evaluated = evaluateCondition(
    program,
    moment,
    Object.fromEntries(going.map(({ value }, index) => [`@${index}`, value])),
  );
  if ('error' in evaluated) return { error: evaluated.error };
  const { value } = evaluated;
  if (value instanceof CelDuration) return { value: { ms: Number(value.nanos / 1_000_000n) } };
  return { value: typeof value === 'bigint' ? Number(value) : value };
}
