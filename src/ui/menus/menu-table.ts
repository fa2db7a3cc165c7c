/** What can be done to an object of each kind: one table, each line one kubectl command or one fault. Pure, so that it can be read by tests. */
import type { Input } from '../../engine/simulation';
import { type MessageKey, sentence } from '../../i18n/translate';
import type { HeldFault } from '../../view/held-faults';
import { isNode, isPod, isWorkload, type NodeRow, type PodRow, type Row, type WorkloadRow } from '../../view/rows';
import {
  cordoning,
  draining,
  healing,
  imageChangeName,
  imageChanges,
  inNamespace,
  type Named,
  type Order,
  pausing,
  type Question,
  restarting,
  runNow,
  scaleTo,
  scaling,
  suspending,
  targetOf,
  undoing,
} from './commands';
import { undoRefusal } from './undo-refusal';

/** What an entry does. `rehearse`: the command is tried on a branch first, and done if somebody still wants it. */
export type Deed =
  | { readonly command: string }
  | { readonly rehearse: string }
  | { readonly input: Input }
  | { readonly ask: Question }
  /** A node like this one is added: what it is called is asked for. */
  | { readonly addNode: true };

/** One entry of a menu. */
export interface Entry extends Named {
  readonly deed: Deed;
  /** It takes something away. */
  readonly danger?: true;
  /** Why it can't be done at this moment. */
  readonly refusal?: MessageKey | undefined;
}

type Line = (row: Row, held: readonly HeldFault[], rows: Iterable<Row>) => Entry | readonly Entry[] | undefined;

const ordered = ({ name, command }: Order): Entry => ({ name, deed: { command } });
const fault = (kind: 'fault' | 'heal', payload: object): Deed => ({ input: { to: 'fault', kind, payload } });

const remove: Line = (row) => ({
  name: 'menu.delete',
  deed: { command: `delete ${targetOf(row)} --wait=false` },
  danger: true,
});

const scaled: readonly Line[] = [
  (row) => ({ name: 'menu.scale', deed: { ask: scaling(row as WorkloadRow) } }),
  (row) => scaledBy(row as WorkloadRow, 1),
  (row) => ((row as WorkloadRow).desired > 0 ? scaledBy(row as WorkloadRow, -1) : undefined),
];

function scaledBy(row: WorkloadRow, by: number): Entry {
  const count = row.desired + by;
  const name = by > 0 ? 'menu.oneMore' : 'menu.oneLess';
  return { name, values: { count }, deed: { command: scaleTo(row, count) } };
}

const rolled: readonly Line[] = [
  (row) => imageChanges(row as WorkloadRow).map((each) => ({ ...imageChangeName(each), deed: { ask: each.ask } })),
  (row) => ordered(restarting(row)),
  (row, _held, rows) => ({ ...ordered(undoing(row)), refusal: undoRefusal(row as WorkloadRow, rows) }),
];

/** Images that can't be had from now on, or, where that is so, can be again. */
const images: readonly Line[] = [
  (row, held) => {
    const used = new Set((row as WorkloadRow | PodRow).images.split(', '));
    return [...used].filter((image) => image !== '').map((image) => pulling(image, held));
  },
];

function pulling(image: string, held: readonly HeldFault[]): Entry {
  const type = 'image-pull-error';
  const holds = held.some((one) => one.type === type && one.image === image);
  const name = holds ? 'menu.imageHeal' : 'menu.imageError';
  return { name, values: { image }, deed: fault(holds ? 'heal' : 'fault', { type, image }) };
}

const paused: Line = (row) => ordered(pausing(row as WorkloadRow));

const suspended: Line = (row) => {
  const order = suspending(row as WorkloadRow);
  return order && ordered(order);
};

const runByHand: Line = (row) => ({
  name: 'menu.runNow',
  deed: {
    ask: {
      label: 'menu.jobName',
      initial: `${row.name}-by-hand`,
      type: 'text',
      command: (value) => runNow(row, value),
    },
  },
});

const shell: Line = (row) => ({
  name: 'menu.shell',
  deed: {
    ask: {
      label: 'menu.shellLine',
      initial: 'env',
      type: 'text',
      prints: true,
      command: (value) => `exec ${row.name}${inNamespace(row)} -- sh -c '${value.replaceAll("'", `'"'"'`)}'`,
    },
  },
});

const EVICTION = { apiVersion: 'policy/v1', kind: 'Eviction' };

const evicted: Line = (row) => {
  if ((row as PodRow).node === undefined) return undefined;
  const stdin = JSON.stringify({ ...EVICTION, metadata: { name: row.name, namespace: row.namespace } });
  const text = `create --raw /api/v1/namespaces/${row.namespace}/pods/${row.name}/eviction -f -`;
  return { name: 'menu.evict', deed: { input: { to: 'user', kind: 'kubectl', payload: { command: text, stdin } } } };
};

const failing: readonly Line[] = [
  (row) => onPod('menu.exit', row, { type: 'container-exit', code: 1 }),
  (row) => onPod('menu.oom', row, { type: 'oom-kill' }),
];

function onPod(name: MessageKey, row: Row, spec: { type: string; code?: number }): Entry | undefined {
  if ((row as PodRow).node === undefined) return undefined;
  return { name, deed: fault('fault', { ...spec, pod: `${row.namespace}/${row.name}` }), danger: true };
}

const tainted = (row: Row): Entry => ({
  name: 'menu.taint',
  deed: {
    ask: {
      label: 'menu.taintText',
      initial: 'dedicated=gpu:NoSchedule',
      type: 'text',
      command: (value) => `taint node ${row.name} ${value}`,
    },
  },
});

/** `key=value:Effect` is taken away by `key:Effect-`; the node's own conditions come back by themselves. */
function untainted(row: Row): Entry[] {
  const own = (row as NodeRow).taints.filter((taint) => !taint.startsWith('node.kubernetes.io/'));
  return own.map((taint) => {
    const [key, effect] = [taint.split(/[=:]/)[0], taint.slice(taint.lastIndexOf(':') + 1)];
    return { name: 'menu.untaint', values: { taint }, deed: { command: `taint node ${row.name} ${key}:${effect}-` } };
  });
}

/** Faults of a node; what heals one stands in its place for as long as it holds. */
const NODE_FAULTS: readonly (readonly [type: string, strike: MessageKey, heal: MessageKey])[] = [
  ['node-crash', 'menu.crash', 'menu.crashHeal'],
  ['node-partition', 'menu.partition', 'menu.partitionHeal'],
  ['memory-pressure', 'menu.memory', 'menu.memoryHeal'],
  ['disk-pressure', 'menu.disk', 'menu.diskHeal'],
  ['pid-pressure', 'menu.pids', 'menu.pidsHeal'],
];

function nodeFaults(row: Row, held: readonly HeldFault[]): Entry[] {
  return NODE_FAULTS.map(([type, strike, heal]) => {
    const holds = held.some((one) => one.type === type && one.node === row.name);
    if (holds) return { name: heal, deed: fault('heal', { type, node: row.name }) };
    return { name: strike, deed: fault('fault', { type, node: row.name }), danger: true };
  });
}

/** Lines by kind, in groups between which a menu draws a line. */
const TABLE: Readonly<Record<string, readonly (readonly Line[])[]>> = {
  Deployment: [scaled, [...rolled, paused], images, [remove]],
  StatefulSet: [scaled, rolled, images, [remove]],
  ReplicaSet: [scaled, images, [remove]],
  ReplicationController: [scaled, images, [remove]],
  DaemonSet: [rolled, images, [remove]],
  Job: [[suspended], images, [remove]],
  CronJob: [[runByHand, suspended], [remove]],
  Pod: [[shell], [evicted, ...failing], images, [remove]],
};

/** What else holds on a node, and can be ended: parts that have stopped, a shutdown. */
function otherHeals(row: Row, faults: readonly HeldFault[]): Entry[] {
  const others = faults.filter(({ node, type }) => node === row.name && !NODE_FAULTS.some(([known]) => known === type));
  return others.map((held) => ({
    name: 'fault.heal',
    values: { what: sentence(held.text) },
    deed: { input: healing(held) },
  }));
}

/** The groups of entries for an object; every kind can at least be deleted. `held`: the faults that hold; `rows`: all there is. */
export function menuOf(
  row: Row,
  held: readonly HeldFault[] = [],
  rows: Iterable<Row> = [],
): readonly (readonly Entry[])[] {
  if (isNode(row)) {
    const groups: Entry[][] = [
      [ordered(cordoning(row)), { name: 'menu.drain', deed: { rehearse: draining(row) } }],
      [tainted(row), ...untainted(row), { name: 'node.addLike', deed: { addNode: true } }],
      nodeFaults(row, held),
      otherHeals(row, held),
    ];
    return groups.filter((group) => group.length > 0);
  }
  const lines = isPod(row) || isWorkload(row) ? (TABLE[row.kind] ?? [[remove]]) : [[remove]];
  const groups = lines.map((group) => group.flatMap((line) => line(row, held, rows) ?? []));
  return groups.filter((group) => group.length > 0);
}
