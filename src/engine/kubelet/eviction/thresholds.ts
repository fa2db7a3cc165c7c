/**
 * When a node is short of something: the kubelet's eviction thresholds as its flags say them.
 * Follows ParseThresholdConfig in pkg/kubelet/eviction/helpers.go. As there, naming one hard threshold takes all defaults away, unless
 * merge-default-eviction-settings is true. Left out: signals of a file system of its own for containers, which there never is.
 */
import { parseDuration } from '../../api/duration';
import { canonicalQuantity, formatQuantity, isQuantity, parseQuantity } from '../../api/quantity';

/** What is measured. */
export type Signal =
  | 'memory.available'
  | 'allocatableMemory.available'
  | 'nodefs.available'
  | 'nodefs.inodesFree'
  | 'imagefs.available'
  | 'imagefs.inodesFree'
  | 'pid.available';

/** What a node is short of when a threshold is met. */
export type Resource = 'memory' | 'ephemeral-storage' | 'inodes' | 'pids';

/** The conditions of a node that say so, in the order in which they are reported. */
export const PRESSURES = ['MemoryPressure', 'DiskPressure', 'PIDPressure'] as const;
export type Pressure = (typeof PRESSURES)[number];

/** Signals that flags may name, each with its resource and its condition. */
export const SIGNALS: ReadonlyMap<Signal, { readonly resource: Resource; readonly pressure: Pressure }> = new Map([
  ['memory.available', { resource: 'memory', pressure: 'MemoryPressure' }],
  ['allocatableMemory.available', { resource: 'memory', pressure: 'MemoryPressure' }],
  ['nodefs.available', { resource: 'ephemeral-storage', pressure: 'DiskPressure' }],
  ['nodefs.inodesFree', { resource: 'inodes', pressure: 'DiskPressure' }],
  ['imagefs.available', { resource: 'ephemeral-storage', pressure: 'DiskPressure' }],
  ['imagefs.inodesFree', { resource: 'inodes', pressure: 'DiskPressure' }],
  ['pid.available', { resource: 'pids', pressure: 'PIDPressure' }],
]);

/** A quantity, or a part of what there is. */
export type Value = { readonly text: string; readonly amount: number } | { readonly part: number };

/** See the header. */
export interface Threshold {
  readonly signal: Signal;
  readonly value: Value;
  /** 0: a hard one. */
  readonly gracePeriodMs: number;
  readonly minReclaim?: Value;
}

/** Tells thresholds apart. */
export const keyOfThreshold = ({ signal, gracePeriodMs }: Threshold): string => `${signal}/${gracePeriodMs}`;

/** The default of eviction-hard. */
const DEFAULT_HARD =
  'memory.available=100Mi,nodefs.available=10%,nodefs.inodesFree=5%,imagefs.available=15%,imagefs.inodesFree=5%';

/** Go's maps as texts: `memory.available=100Mi,nodefs.available<10%`. */
function mapOfFlag(text: string | undefined): Map<string, string> {
  const entries = (text ?? '').split(',').flatMap((entry): [string, string][] => {
    const found = /^\s*([^=<]+?)\s*[=<]\s*(.*?)\s*$/.exec(entry);
    return found ? [[found[1] as string, found[2] as string]] : [];
  });
  return new Map(entries);
}

/** A quantity or percentage; undefined for what is neither, and for 0 % and 100 %, which mean nothing. */
function thresholdValue(text: string): Value | undefined {
  const percent = /^(\d+(?:\.\d+)?)%$/.exec(text);
  if (percent) {
    const part = Math.fround(Number(percent[1])) / 100;
    return part > 0 && part < 1 ? { part: Math.fround(part) } : undefined;
  }
  if (!isQuantity(text)) return undefined;
  const amount = Number(parseQuantity(text).nano) / 1e9;
  return amount > 0 ? { text: canonicalQuantity(text), amount } : undefined;
}

/** How much a value is of a capacity. */
export const amountOf = (value: Value, capacity: number): number =>
  'part' in value ? Math.floor(capacity * value.part) : value.amount;

/** The same as text. */
export const textOf = (value: Value, capacity: number): string =>
  'part' in value ? binary(amountOf(value, capacity)) : value.text;

const binary = (amount: number): string =>
  formatQuantity({ nano: BigInt(amount) * 1_000_000_000n, format: 'BinarySI' });

type Flags = (name: string) => string | undefined;

function hardThresholds(flag: Flags): Map<string, string> {
  const given = flag('eviction-hard');
  if (given === undefined) return mapOfFlag(DEFAULT_HARD);
  if (flag('merge-default-eviction-settings') !== 'true') return mapOfFlag(given);
  return new Map([...mapOfFlag(DEFAULT_HARD), ...mapOfFlag(given)]);
}

/** The thresholds that flags set, hard ones first, in the order of {@link SIGNALS}: those of memory come first. */
export function thresholdsOf(flag: Flags): readonly Threshold[] {
  const graces = mapOfFlag(flag('eviction-soft-grace-period'));
  const reclaims = mapOfFlag(flag('eviction-minimum-reclaim'));
  const of = (given: ReadonlyMap<string, string>, isSoft: boolean): Threshold[] =>
    [...SIGNALS.keys()].flatMap((signal) => {
      // What Pods may have of memory is held to the same hard threshold as the node's.
      const named = signal === 'allocatableMemory.available' && !isSoft ? 'memory.available' : signal;
      const value = thresholdValue(given.get(named) ?? '');
      const minReclaim = thresholdValue(reclaims.get(named) ?? '');
      const grace = parseDuration(graces.get(signal) ?? '');
      const gracePeriodMs = isSoft ? ('ms' in grace ? grace.ms : undefined) : 0;
      if (!value || gracePeriodMs === undefined) return [];
      return [{ signal, value, gracePeriodMs, ...(minReclaim ? { minReclaim } : {}) }];
    });
  return [...of(hardThresholds(flag), false), ...of(mapOfFlag(flag('eviction-soft')), true)];
}
