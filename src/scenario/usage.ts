/** What a program says of its CPU, memory, disk and processes, in numbers: quantities, steps, growth per second, minute or hour. */
import { isQuantity, quantityMilli, quantityValue } from '../engine/api/quantity';
import type { ProgramConfig } from '../engine/simulation';
import { milliseconds } from './milliseconds';
import type { RawCpu, RawMemory, RawProgram } from './scenario-shape';
import type { Scalar } from './shape';

type Parse = (text: string) => number;

function amount(value: Scalar | undefined, parse: Parse): number | undefined {
  return value === undefined || !isQuantity(String(value)) ? undefined : parse(String(value));
}

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

/** Bytes per second of `1Mi/s` or `100Mi/m`. */
function growthOf(value: Scalar | undefined): number | undefined {
  const [text = '', unit = 's'] = String(value ?? '').split('/');
  const bytes = amount(text, quantityValue);
  return bytes === undefined ? undefined : bytes / (SECONDS[unit] ?? 1);
}

function stepsOf(steps: RawCpu['at'], parse: Parse) {
  return steps?.map(({ from, usage }) => ({ fromMs: milliseconds(from, 0), usage: amount(usage, parse) ?? 0 }));
}

/** Leaves out what was not said. */
function said<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}

/** What is held of something, where anything is said of it. */
function heldOf(raw: RawMemory | undefined, base: number): NonNullable<ProgramConfig['usage']>['disk'] {
  if (!raw) return undefined;
  return {
    base: amount(raw.base, quantityValue) ?? base,
    growthPerSecond: growthOf(raw.growth) ?? 0,
    steps: stepsOf(raw.at, quantityValue) ?? [],
  };
}

/** The use of a program; undefined when it says nothing of it. */
export function usageOf(program: Pick<RawProgram, 'cpu' | 'memory' | 'disk' | 'processes'>): ProgramConfig['usage'] {
  const { cpu, memory, disk, processes } = program;
  if (!cpu && !memory && !disk && !processes) return undefined;
  return said({
    idleMilli: amount(cpu?.idle, quantityMilli),
    perRequestMilli: amount(cpu?.perRequest, quantityMilli),
    cpuSteps: stepsOf(cpu?.at, quantityMilli),
    baseBytes: amount(memory?.base, quantityValue),
    growthBytesPerSecond: growthOf(memory?.growth),
    memorySteps: stepsOf(memory?.at, quantityValue),
    disk: heldOf(disk, 0),
    processes: heldOf(processes, 1),
  }) as ProgramConfig['usage'];
}
