/**
 * Files that a kernel makes when somebody reads them: what a container may use (cgroup v2 as the kubelet sets it up), and what /proc tells of the
 * machine. Pure. Follows pkg/kubelet/cm (MilliCPUToQuota, MilliCPUToShares) and the kernel's Documentation/admin-guide/cgroup-v2.rst.
 */
import { quantityMilli, quantityValue } from '../api/quantity';
import type { Container } from '../api/types';
import type { NodeCapacity } from './load-sums';
import { drawnOf } from './shell/drawn';

const PERIOD = 100_000;

/** What the file of a limit says without one. */
const NONE = 'max';

/** What a container was made of, what it uses, and where. */
export interface Place {
  readonly spec: Container;
  readonly capacity: NodeCapacity;
  readonly memoryBytes: number;
  readonly upSeconds: number;
}

function cpuWeight(milli: number): number {
  const shares = Math.max(2, Math.floor((milli * 1024) / 1000));
  return Math.floor(1 + ((shares - 2) * 9999) / 262_142);
}

const CGROUP: Readonly<Record<string, (place: Place) => string>> = {
  'memory.max': ({ spec }) => String(quantityValue(spec.resources?.limits?.memory) || NONE),
  'memory.current': ({ memoryBytes }) => String(memoryBytes),
  'memory.min': () => '0',
  'cpu.max': ({ spec }) => {
    const milli = quantityMilli(spec.resources?.limits?.cpu);
    return `${milli > 0 ? Math.max(1000, (milli * PERIOD) / 1000) : NONE} ${PERIOD}`;
  },
  'cpu.weight': ({ spec }) => String(cpuWeight(quantityMilli(spec.resources?.requests?.cpu))),
  'pids.max': () => NONE,
};

const PROC: Readonly<Record<string, (place: Place) => string>> = {
  meminfo: ({ capacity }) => {
    const kilobytes = Math.floor(capacity.memoryBytes / 1024);
    const line = (name: string, value: number): string => `${`${name}:`.padEnd(16)}${String(value).padStart(8)} kB`;
    return [
      line('MemTotal', kilobytes),
      line('MemFree', Math.floor(kilobytes * 0.6)),
      line('MemAvailable', Math.floor(kilobytes * 0.8)),
    ].join('\n');
  },
  cpuinfo: ({ capacity }) =>
    Array.from(
      { length: Math.max(1, Math.floor(capacity.cpuMilli / 1000)) },
      (_, index) => `processor\t: ${index}\n`,
    ).join('\n'),
  uptime: ({ upSeconds }) => `${upSeconds.toFixed(2)} ${upSeconds.toFixed(2)}`,
  loadavg: () => '0.00 0.00 0.00 1/100 1',
  version: () => 'Linux version 6.8.0 (gcc 13.2.0) #1 SMP PREEMPT_DYNAMIC',
  '1/cgroup': () => '0::/',
  'self/cgroup': () => '0::/',
};

/** What one gets of a device that never ends: so much, in characters that can be seen. */
const DRAWN = 32_768;

/** What a device of random bytes gives; undefined when it is none. */
export function drawnFile(path: string, moment: string): string | undefined {
  if (!/^\/dev\/u?random$/.test(path)) return undefined;
  return String.fromCharCode(...drawnOf(moment, DRAWN, 94).map((one) => 33 + one));
}

/** What a file of the kernel's holds; undefined when it is none. */
export function systemFile(path: string, placeOf: () => Place): string | undefined {
  const [, root, name = ''] = /^\/(proc|sys\/fs\/cgroup)\/(.*)$/.exec(path) ?? [];
  if (root === undefined) return undefined;
  const files = root === 'proc' ? PROC : CGROUP;
  return Object.hasOwn(files, name) ? `${files[name]?.(placeOf())}\n` : undefined;
}
