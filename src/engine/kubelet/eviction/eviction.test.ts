import { describe, expect, it } from 'vitest';
import type { Pod, PodSpec } from '../../api/types';
import type { PodUsage } from '../../machine/cri';
import { pressureRejection } from './admission';
import { overLocalLimit } from './local-storage';
import { evictionMessage } from './messages';
import { harmless, observe, thresholdsMet } from './observations';
import { rankForEviction } from './ranking';
import { type EvictionMemory, look, NO_PRESSURE } from './synchronize';
import { type Pressure, type Resource, textOf, thresholdsOf } from './thresholds';

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;
const capacity = { cpuMilli: 4000, memoryBytes: 8 * GIB, diskBytes: 100 * GIB, inodes: 1000, processes: 1000 };
const flags =
  (values: Record<string, string> = {}) =>
  (name: string) =>
    values[name];
const used = (more: Partial<Parameters<typeof observe>[0]> = {}) =>
  observe({ capacity, memoryBytes: 0, podMemoryBytes: 0, diskBytes: 0, inodes: 0, processes: 0, ...more });

const gist = (values: Record<string, string>): string[] =>
  thresholdsOf(flags(values)).map(({ signal, value, gracePeriodMs, minReclaim }) => {
    const soft = gracePeriodMs > 0 ? ` for ${gracePeriodMs / 1000}s` : '';
    return `${signal} ${textOf(value, 1000)}${soft}${minReclaim ? ` +${textOf(minReclaim, 1000)}` : ''}`;
  });

describe('thresholds', () => {
  it.each<[string, Record<string, string>, string[]]>([
    [
      'by default',
      {},
      [
        'memory.available 100Mi',
        'allocatableMemory.available 100Mi',
        'nodefs.available 100',
        'nodefs.inodesFree 50',
        'imagefs.available 150',
        'imagefs.inodesFree 50',
      ],
    ],
    ['that are named take the defaults away', { 'eviction-hard': 'nodefs.available=5%' }, ['nodefs.available 50']],
    [
      'as flags write them',
      { 'eviction-hard': 'pid.available<10%,nodefs.available<1Gi' },
      ['nodefs.available 1Gi', 'pid.available 100'],
    ],
    [
      'that are soft have a grace period',
      {
        'eviction-hard': 'pid.available=5%',
        'eviction-soft': 'memory.available=300Mi,nodefs.available=20%',
        'eviction-soft-grace-period': 'memory.available=1m30s',
        'eviction-minimum-reclaim': 'memory.available=500Mi',
      },
      ['pid.available 50', 'memory.available 300Mi for 90s +500Mi'],
    ],
    ['of 0 % mean nothing', { 'eviction-hard': 'nodefs.available=0%,imagefs.available=100%' }, []],
  ])('%s', (_what, values, expected) => {
    expect(gist(values)).toEqual(expected);
  });

  it('are added to the defaults when asked', () => {
    const values = { 'eviction-hard': 'memory.available=1Gi', 'merge-default-eviction-settings': 'true' };
    expect(gist(values).slice(0, 3)).toEqual([
      'memory.available 1Gi',
      'allocatableMemory.available 1Gi',
      'nodefs.available 100',
    ]);
  });

  it.each([
    ['memory', { memoryBytes: 8 * GIB - 100 * MIB + 1 }, ['memory.available']],
    ['memory that is just enough', { memoryBytes: 8 * GIB - 100 * MIB }, []],
    ['disk for images', { diskBytes: 86 * GIB }, ['imagefs.available']],
    ['disk for all', { diskBytes: 91 * GIB }, ['nodefs.available', 'imagefs.available']],
    ['inodes', { inodes: 951 }, ['nodefs.inodesFree', 'imagefs.inodesFree']],
  ])('are met by lack of %s', (_what, use, expected) => {
    expect(thresholdsMet(thresholdsOf(flags()), used(use), false).map(({ signal }) => signal)).toEqual(expected);
  });

  it('say how much may be used before any is met', () => {
    expect(harmless(thresholdsOf(flags()), capacity)).toEqual({
      memoryBytes: 8 * GIB - 100 * MIB,
      diskBytes: 100 * GIB - Math.floor(100 * GIB * Math.fround(0.15)),
      inodes: 950,
      processes: Number.MAX_VALUE,
    });
  });
});

describe('a look', () => {
  const soft = thresholdsOf(
    flags({
      'eviction-hard': 'memory.available=100Mi',
      'eviction-soft': 'memory.available=500Mi',
      'eviction-soft-grace-period': 'memory.available=30s',
      'eviction-minimum-reclaim': 'memory.available=200Mi',
    }),
  );
  /** Looks at times with so many Mi left; tells what is due and which conditions there are. */
  const looks = (series: readonly (readonly [seconds: number, leftMib: number])[]): string[] => {
    let memory: EvictionMemory = NO_PRESSURE;
    return series.map(([seconds, left]) => {
      const observations = used({ memoryBytes: 8 * GIB - left * MIB });
      const found = look(memory, soft, observations, { nowMs: seconds * 1000, transitionMs: 60_000 });
      ({ memory } = found);
      const due = found.due.map(({ gracePeriodMs }) => (gracePeriodMs ? 'soft' : 'hard')).join('+');
      return `${due || '-'} ${memory.pressures.join(' ') || '-'}`;
    });
  };

  it.each([
    ['finds nothing', [[0, 600]], ['- -']],
    ['finds a hard threshold at once', [[0, 90]], ['hard MemoryPressure']],
    [
      'waits for a soft one',
      [
        [0, 400],
        [20, 400],
        [30, 400],
      ],
      ['- MemoryPressure', '- MemoryPressure', 'soft MemoryPressure'],
    ],
    [
      'begins anew when it was not met',
      [
        [0, 400],
        [20, 900],
        [30, 400],
      ],
      ['- MemoryPressure', '- MemoryPressure', '- MemoryPressure'],
    ],
    [
      'wants the minimum back',
      [
        [0, 90],
        [10, 250],
        [20, 900],
      ],
      ['hard MemoryPressure', 'hard MemoryPressure', '- MemoryPressure'],
    ],
    [
      'keeps the condition for the transition period',
      [
        [0, 90],
        [10, 900],
        [59, 900],
        [60, 900],
      ],
      ['hard MemoryPressure', '- MemoryPressure', '- MemoryPressure', '- -'],
    ],
  ] as [string, [number, number][], string[]][])('%s', (_what, series, expected) => {
    expect(looks(series)).toEqual(expected);
  });
});

interface Drawn {
  readonly uses?: number;
  readonly asks?: string;
  readonly priority?: number;
  readonly unknown?: boolean;
}

const podOf = (name: string, spec: Partial<PodSpec> = {}, annotations?: Record<string, string>): Pod =>
  ({
    metadata: { name, namespace: 'default', uid: name, annotations },
    spec: { containers: [], ...spec },
  }) as unknown as Pod;

const container = (bytes: Partial<PodUsage['containers'][number]>) => ({
  name: 'c',
  memoryBytes: 0,
  rootfsBytes: 0,
  rootfsInodes: 0,
  logBytes: 0,
  processes: 1,
  ...bytes,
});

function measuredOf(name: string, resource: Resource, { uses = 0, asks, priority, unknown = false }: Drawn) {
  const requests = asks === undefined ? {} : { [resource]: asks };
  const pod = podOf(name, { priority, containers: [{ name: 'c', image: 'c:1', resources: { requests } }] });
  const bytes = uses * MIB;
  const usage: PodUsage = {
    memoryBytes: bytes,
    processes: uses,
    containers: [container({ memoryBytes: bytes, rootfsBytes: bytes, processes: uses })],
    volumes: [],
  };
  return { pod, usage: unknown ? undefined : usage };
}

describe('Pods are ranked', () => {
  const cases: [string, Resource, Record<string, Drawn>, string][] = [
    ['by whether they use more than they ask for', 'memory', { a: { uses: 50, asks: '64Mi' }, b: { uses: 10 } }, 'b a'],
    ['then by priority', 'memory', { a: { uses: 10, priority: 5 }, b: { uses: 90, priority: 7 } }, 'a b'],
    [
      'then by how much more they use',
      'memory',
      { a: { uses: 80, asks: '64Mi' }, b: { uses: 20 }, c: { uses: 90, asks: '64Mi' } },
      'c b a',
    ],
    ['those of which nothing is known first', 'memory', { a: { uses: 90 }, b: { unknown: true, priority: 9 } }, 'b a'],
    [
      'by what they have on the disk',
      'ephemeral-storage',
      { a: { uses: 10 }, b: { uses: 90, asks: '1Gi' }, c: { uses: 20 } },
      'c a b',
    ],
    [
      'by priority and number of processes',
      'pids',
      { a: { uses: 5, priority: 1 }, b: { uses: 3 }, c: { uses: 9 } },
      'c b a',
    ],
    ['in the order in which they came', 'memory', { b: { uses: 5 }, a: { uses: 5 } }, 'b a'],
  ];
  it.each(cases)('%s', (_what, resource, drawn, expected) => {
    const pods = Object.entries(drawn).map(([name, one]) => measuredOf(name, resource, one));
    expect(
      rankForEviction(resource, pods)
        .map(({ pod }) => pod.metadata.name)
        .join(' '),
    ).toBe(expected);
  });
});

describe('an eviction is told', () => {
  it.each<[Resource, Drawn, string]>([
    [
      'memory',
      { uses: 200 },
      'The node was low on resource: memory. Threshold quantity: 100Mi, available: 90Mi. Container c was using 200Mi, request is 0, has larger consumption of memory. ',
    ],
    [
      'memory',
      { uses: 10, asks: '64Mi' },
      'The node was low on resource: memory. Threshold quantity: 100Mi, available: 90Mi. ',
    ],
    [
      'ephemeral-storage',
      { uses: 3072, asks: '1Gi' },
      'The node was low on resource: ephemeral-storage. Threshold quantity: 100Mi, available: 90Mi. Container c was using 3Gi, request is 1Gi, has larger consumption of ephemeral-storage. ',
    ],
    ['pids', { uses: 9 }, 'The node was low on resource: pids. Threshold quantity: 100Mi, available: 94371840. '],
  ])('of lack of %s: %j', (resource, drawn, expected) => {
    const met = { quantity: '100Mi', available: 90 * MIB };
    expect(evictionMessage(resource, measuredOf('p', resource, drawn), met).message).toBe(expected);
  });
});

describe('who writes too much', () => {
  const limits = { 'ephemeral-storage': '100Mi' };
  it.each<[string, Partial<PodSpec>, Partial<PodUsage>, string | undefined]>([
    [
      'into a volume',
      { volumes: [{ name: 'v', emptyDir: { sizeLimit: '1Mi' } }] },
      { volumes: [{ name: 'v', bytes: 2 * MIB, inodes: 1, isMemory: false }] },
      'Usage of EmptyDir volume "v" exceeds the limit "1Mi". ',
    ],
    [
      'as a Pod',
      { containers: [{ name: 'c', image: 'c:1', resources: { limits } }] },
      { containers: [container({ logBytes: 101 * MIB })] },
      'Pod ephemeral local storage usage exceeds the total limit of containers 100Mi. ',
    ],
    [
      'as a container of a Pod that may write more',
      {
        containers: [
          { name: 'c', image: 'c:1', resources: { limits } },
          { name: 'd', image: 'd:1', resources: { limits } },
        ],
      },
      { containers: [container({ rootfsBytes: 101 * MIB })] },
      'Container c exceeded its local ephemeral storage limit "100Mi". ',
    ],
    [
      'nobody',
      { containers: [{ name: 'c', image: 'c:1', resources: { limits } }] },
      { containers: [container({ rootfsBytes: 100 * MIB })] },
      undefined,
    ],
  ])('%s', (_what, spec, usage, expected) => {
    const whole = { memoryBytes: 0, processes: 0, containers: [], volumes: [], ...usage };
    expect(overLocalLimit({ pod: podOf('p', spec), usage: whole })).toBe(expected);
  });
});

describe('a node under pressure', () => {
  const burstable = { containers: [{ name: 'c', image: 'c:1', resources: { requests: { memory: '1Mi' } } }] };
  const plain = { containers: [{ name: 'c', image: 'c:1' }] };
  const tolerant = { ...plain, tolerations: [{ key: 'node.kubernetes.io/memory-pressure', operator: 'Exists' }] };
  it.each<[string, Pressure[], Partial<PodSpec>, string | undefined]>([
    ['of nothing takes all', [], plain, undefined],
    ['of memory turns BestEffort away', ['MemoryPressure'], plain, '[MemoryPressure]'],
    ['of memory takes others', ['MemoryPressure'], burstable, undefined],
    ['of memory takes who tolerates it', ['MemoryPressure'], tolerant, undefined],
    ['of disk turns all away', ['MemoryPressure', 'DiskPressure'], burstable, '[MemoryPressure DiskPressure]'],
    ['takes critical ones', ['DiskPressure'], { ...plain, priority: 2_000_000_000 }, undefined],
  ])('%s', (_what, pressures, spec, conditions) => {
    const rejection = pressureRejection(pressures, podOf('p', spec));
    expect(rejection?.message).toBe(conditions && `The node had condition: ${conditions}. `);
  });
});
