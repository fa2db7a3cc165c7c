/**
 * CEL, the language of Kubernetes' validation rules and admission policies, and of a scenario's conditions: the one door to it.
 * An expression is compiled once and evaluated against names that are bound to JSON values; an evaluation has a budget and always ends.
 * Follows github.com/google/cel-spec and, in its words, cel-go. Written here because the libraries there are have no bound of what an evaluation
 * may cost, match regular expressions by backtracking, and read clocks and time zones of the machine.
 * Left out: static types of more than simple values, messages. Unsigned numbers are whole numbers once types are checked.
 */
import { CelSyntaxError, located, type Node } from './ast';
import { type CelShape, checkCel } from './check';
import { CelBudgetError, evaluateNode } from './evaluate';
import type { CelFunction } from './functions';
import { parseCel } from './parser';
import { CelError, CelOptional } from './values';

export type { CelShape } from './check';
export { fromBase64, toDuration, toTimestamp } from './conversions';
export type { CelFunction } from './functions';
export { CelOptional } from './values';

/** A compiled expression: plain data. */
export interface CelProgram {
  readonly text: string;
  readonly tree: Node;
  /** Set when its value is known to be something else than a truth value. */
  readonly type?: string;
  /** What is known of its value. */
  readonly shape?: CelShape;
}

/** What an expression may use. */
export interface CelNames {
  /** Variables with what is known of them. */
  readonly variables: ReadonlyMap<string, CelShape | undefined>;
  /** Functions beside the usual ones; a dot before the name makes it a method. */
  readonly functions?: Readonly<Record<string, CelFunction>>;
  /** cel.bind is there, which rules and policies of Kubernetes do not have. */
  readonly hasBind?: boolean;
}

/** Compiles a text; `problem` is every mistake with its place. */
export function compileCel(text: string, names: CelNames): CelProgram | { readonly problem: string } {
  try {
    const tree = parseCel(text, names.hasBind === true);
    const { problems, shape } = checkCel(text, tree, names.variables, new Set(Object.keys(names.functions ?? {})));
    if (problems.length > 0) return { problem: problems.join('\n') };
    return { text, tree, shape, ...(shape?.type && shape.type !== 'bool' ? { type: shape.type } : {}) };
  } catch (error) {
    if (!(error instanceof CelSyntaxError)) throw error;
    return { problem: [error, ...error.others].map((one) => located(text, one.at, one.message)).join('\n') };
  }
}

/** How much one evaluation may cost, as in Kubernetes (PerCallLimit). */
const CEL_BUDGET = 1_000_000;

/** How an expression is evaluated. */
export interface CelRun {
  /** Values by name: JSON, or functions without arguments that make it when it is asked for. */
  readonly bindings: Readonly<Record<string, unknown>>;
  readonly functions?: Readonly<Record<string, CelFunction>>;
  /** Reading what is missing gives null instead of an error. */
  readonly lenient?: boolean;
  readonly budget?: number;
}

/** What came of an evaluation: a value, or an error in cel-go's words; and what it cost. */
export type CelResult =
  | { readonly value: unknown; readonly cost: number }
  | { readonly error: string; readonly isOverBudget: boolean; readonly cost: number };

/** Evaluates. Whole numbers of the answer are bigint. */
export function evaluateCel({ tree }: CelProgram, run: CelRun): CelResult {
  const { bindings, functions = {}, lenient = false, budget = CEL_BUDGET } = run;
  let cost = 0;
  const spend = (more: number): void => {
    cost += more;
    if (cost > budget) throw new CelBudgetError('operation cancelled: actual cost limit exceeded');
  };
  try {
    const value = evaluateNode(tree, { bindings: new Map(Object.entries(bindings)), functions, lenient, spend });
    return { value, cost: Math.ceil(cost) };
  } catch (error) {
    if (!(error instanceof CelError)) throw error;
    return { error: error.message, isOverBudget: error instanceof CelBudgetError, cost: Math.ceil(cost) };
  }
}

/** Whether a tree names a variable. */
export function mentions({ tree }: CelProgram, name: string): boolean {
  const looks = (value: unknown): boolean => {
    if (typeof value !== 'object' || value === null) return false;
    if (Array.isArray(value)) return value.some(looks);
    const node = value as Node;
    return (node.op === 'ident' && node.name === name) || Object.values(value).some(looks);
  };
  return looks(tree);
}

/** An optional value as it is bound. */
export const optionalOf = (value: unknown): CelOptional => new CelOptional(value);
