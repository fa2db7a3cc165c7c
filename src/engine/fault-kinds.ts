/** The kinds of faults, what each needs, and what people read when it strikes and when it is over. */
import { parseDuration } from './api/duration';

/** A fault as a scenario writes it: the types and their fields are the format's. */
export interface FaultSpec {
  readonly type: string;
  readonly node?: string;
  /** `NAME` or `NAMESPACE/NAME`; `*` stands for any characters. */
  readonly pod?: string;
  readonly namespace?: string;
  readonly container?: string;
  readonly code?: number;
  readonly image?: string;
  readonly component?: string;
  /** Of a slow etcd: a duration as people write it, or in ms. */
  readonly latency?: string | number;
  readonly latencyMs?: number;
  /** After which it heals by itself: a duration as people write it, or in ms. */
  readonly for?: string | number;
  readonly forMs?: number;
}

/** How slow etcd is when a fault doesn't say. */
const DEFAULT_LATENCY_MS = 1000;

/** A kind of fault. */
export interface FaultKind {
  /** Fields without which the fault makes no sense. */
  readonly needs: readonly (keyof FaultSpec)[];
  /** What people read when it strikes and when it is over. */
  readonly strikes: (spec: FaultSpec) => string;
  readonly heals?: (spec: FaultSpec) => string;
}

/** ` on node NODE` of a fault that names one. */
export const place = (spec: FaultSpec): string => (spec.node ? ` on node ${spec.node}` : '');

const taker = (type: string, takes: string, gives: string): [string, FaultKind] => [
  type,
  {
    needs: ['node'],
    strikes: ({ node }) => `${takes} of node ${node} until a threshold of its kubelet is crossed`,
    heals: ({ node }) => `${gives} on node ${node}`,
  },
];

/** Faults that are simulated. */
export const FAULTS: ReadonlyMap<string, FaultKind> = new Map<string, FaultKind>([
  [
    'node-crash',
    {
      needs: ['node'],
      strikes: ({ node }) => `Node ${node} has crashed: its kubelet and all its containers are dead`,
      heals: ({ node }) => `Node ${node} boots again`,
    },
  ],
  [
    'node-partition',
    {
      needs: ['node'],
      strikes: ({ node }) => `Node ${node} is cut off from the API server; its containers run on`,
      heals: ({ node }) => `Node ${node} is connected again`,
    },
  ],
  [
    'node-shutdown',
    {
      needs: ['node'],
      strikes: ({ node }) => `Node ${node} is told to shut down`,
      heals: ({ node }) => `Node ${node} boots again`,
    },
  ],
  [
    'container-exit',
    { needs: ['pod'], strikes: ({ pod, code }) => `A process of Pod ${pod} dies with exit code ${code ?? 1}` },
  ],
  taker('memory-pressure', 'What runs beside Pods takes the memory', 'What took the memory has given it back'),
  taker('disk-pressure', 'Files beside those of Pods fill the disk', 'The files that filled the disk are deleted'),
  taker('pid-pressure', 'Processes beside Pods take the process ids', 'What took the process ids has ended'),
  ['oom-kill', { needs: ['pod'], strikes: ({ pod }) => `The kernel kills a process of Pod ${pod}: out of memory` }],
  [
    'image-pull-error',
    {
      needs: ['image'],
      strikes: ({ image }) => `Image ${image} can no longer be pulled`,
      heals: ({ image }) => `Image ${image} can be pulled again`,
    },
  ],
  [
    'registry-down',
    {
      needs: [],
      strikes: () => 'The image registry does not answer: nothing can be pulled',
      heals: () => 'The image registry answers again',
    },
  ],
  [
    'api-server-down',
    {
      needs: [],
      strikes: () => 'The API server is down: nobody can read or write anything',
      heals: () => 'The API server answers again',
    },
  ],
  [
    'etcd-slow',
    {
      needs: [],
      strikes: (spec) =>
        `etcd is slow: every write, and every read that it must confirm, takes ${latencyOf(spec) / 1000} s longer`,
      heals: () => 'etcd answers as fast as before',
    },
  ],
  [
    'dns-down',
    {
      needs: [],
      strikes: () => 'Cluster DNS does not answer: names are no longer found, addresses still work',
      heals: () => 'Cluster DNS answers again',
    },
  ],
  [
    'component-down',
    {
      needs: ['component'],
      strikes: (spec) => `${spec.component}${place(spec)} has stopped`,
      heals: (spec) => `${spec.component}${place(spec)} has started again`,
    },
  ],
]);

/** A duration in ms; undefined when it is none. */
export function durationMs(value: string | number): number | undefined {
  if (typeof value === 'number') return value;
  const parsed = parseDuration(value);
  return 'ms' in parsed ? parsed.ms : undefined;
}

/** How much longer a slow etcd takes, in ms. */
export function latencyOf({ latency, latencyMs }: FaultSpec): number {
  return latencyMs ?? (latency === undefined ? undefined : durationMs(latency)) ?? DEFAULT_LATENCY_MS;
}
