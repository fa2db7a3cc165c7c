/**
 * Whether what a link says was done by hand could have been done by hand: anyone can make a link, and the engine takes inputs
 * as they are. Faults are held against the scenario format's own shape of an action.
 */
import type { TimedInput } from '../engine/simulation';
import { misfitsOf } from './checks';
import { ADDED_NODE, MAX_ADDED_NODES } from './node-shape';
import { ACTION_SHAPE } from './scenario-shape';

type Fields = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

const isText = (value: unknown): value is string => typeof value === 'string';

const hasOnly = (value: Fields, ...keys: readonly string[]): boolean =>
  Object.keys(value).every((key) => keys.includes(key));

function isCommand(payload: Fields): boolean {
  const { command, stdin, untilMs } = payload;
  if (!hasOnly(payload, 'command', 'stdin', 'untilMs') || (untilMs !== undefined && !isCount(untilMs))) return false;
  return isText(command) && (stdin === undefined || isText(stdin));
}

/** Manifests that name what they are; what else they hold is the API server's to judge. */
function isApply(payload: Fields): boolean {
  const { documents, source } = payload;
  if (!hasOnly(payload, 'documents', 'source') || !Array.isArray(documents)) return false;
  return documents.every(isManifest) && (source === undefined || isText(source));
}

function isManifest(document: unknown): boolean {
  if (!isRecord(document)) return false;
  const { apiVersion, kind, metadata } = document;
  return isText(apiVersion) && isText(kind) && (metadata === undefined || metadata === null || isRecord(metadata));
}

/** A fault as the engine takes it: the scenario's, with its durations in ms. */
function isFault(payload: Fields, key: 'fault' | 'heal'): boolean {
  const { forMs, latencyMs, ...rest } = payload;
  if ([forMs, latencyMs].some((ms) => ms !== undefined && !isCount(ms))) return false;
  return misfitsOf(ACTION_SHAPE, { at: '0s', [key]: rest }).length === 0;
}

/** A machine as the engine takes it, in the shape of a scenario's; what the API server would refuse of it is found where it is opened. */
function isNode(payload: Fields): boolean {
  const { joinsAtMs, ...rest } = payload;
  if (joinsAtMs !== undefined && !isCount(joinsAtMs)) return false;
  const node = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return misfitsOf(ADDED_NODE, node).length === 0;
}

function isPayload(to: unknown, kind: unknown, payload: Fields): boolean {
  switch (`${to}/${kind}`) {
    case 'user/kubectl':
      return isCommand(payload);
    case 'user/apply':
      return isApply(payload);
    case 'user/join':
      return isNode(payload);
    case 'fault/fault':
    // As the page of the first release called it.
    case 'fault/inject':
      return isFault(payload, 'fault');
    case 'fault/heal':
      return isFault(payload, 'heal');
    default:
      return false;
  }
}

/** See the header. */
export function isTimedInput(input: unknown): input is TimedInput {
  if (!isRecord(input) || !isRecord(input.payload)) return false;
  const { to, kind, payload, atMs, afterTimer, afterStep } = input;
  return [atMs, afterTimer, afterStep].every(isCount) && isPayload(to, kind, payload);
}

/** As {@link isTimedInput}, for all that was done by hand. */
export function areTimedInputs(inputs: unknown): inputs is readonly TimedInput[] {
  if (!Array.isArray(inputs) || !inputs.every(isTimedInput)) return false;
  return inputs.filter(({ kind }) => kind === 'join').length <= MAX_ADDED_NODES;
}

/** A branch as a link carries it; SavedBranch of src/session has this shape. */
export interface CarriedBranch {
  readonly id: number;
  readonly parent: number | null;
  readonly fromStep: number;
  readonly fromMs: number;
  readonly label: string;
  readonly inputs: readonly TimedInput[];
}

/** All branches of a run, and which is shown. */
export interface CarriedBranches {
  readonly branches: readonly CarriedBranch[];
  readonly current: number;
  /** Branches that share the chip of what was done next. */
  readonly continued: readonly number[];
}

/** More branches than anyone makes by hand are not by hand. */
const MAX_BRANCHES = 500;
const MAX_LABEL = 2_000;

/** Whether what a link says of branches could have been saved: each leaves an earlier one, the first none. */
export function isCarriedBranches(run: unknown): run is CarriedBranches {
  if (!isRecord(run) || !hasOnly(run, 'branches', 'current', 'continued')) return false;
  const { branches, current, continued } = run;
  if (!Array.isArray(branches) || branches.length > MAX_BRANCHES || !Array.isArray(continued)) return false;
  const known = new Set<unknown>();
  for (const branch of branches) {
    if (!isBranch(branch) || known.has(branch.id)) return false;
    if (known.size === 0 ? branch.parent !== null : !known.has(branch.parent)) return false;
    known.add(branch.id);
  }
  return known.has(current) && continued.every((id) => known.has(id));
}

function isBranch(branch: unknown): branch is CarriedBranch {
  if (!isRecord(branch) || !hasOnly(branch, 'id', 'parent', 'fromStep', 'fromMs', 'label', 'inputs')) return false;
  const { id, fromStep, fromMs, label, inputs } = branch;
  if (![id, fromStep, fromMs].every(isCount) || !isText(label) || label.length > MAX_LABEL) return false;
  return areTimedInputs(inputs);
}
