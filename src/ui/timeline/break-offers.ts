/** Conditions that are offered for an object, to run until or to stop at: each with what it means. */
import type { MessageKey } from '../../i18n/translate';
import { isWorkload, parseRowId, type Row } from '../../view/rows';

export interface Offer {
  readonly name: MessageKey;
  readonly values?: Readonly<Record<string, string | number>>;
  readonly condition: string;
}

/** As conditions/next-warning.ts knows it. */
const NEXT_WARNING = 'next warning';

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** Offered whatever is selected. */
const ANYWHERE: readonly Offer[] = [
  { name: 'until.warning', condition: NEXT_WARNING },
  {
    name: 'until.pending',
    condition: "list('Pod').exists(p, p.status.conditions.exists(c, c.reason == 'Unschedulable'))",
  },
];

/** A status leaves its numbers out while they are 0, and is itself not there before its controller has come by. */
const counted = (found: string, field: string): string => `${found}.status.?${field}.orValue(0)`;

/** Where kinds count Pods: how many are available, how many are wanted, and which numbers say that all are up to date. */
interface Counts {
  readonly available: string;
  readonly wanted: (found: string) => string;
  readonly settled?: readonly string[];
}

const bySpec = (...settled: string[]): Counts => ({
  available: 'availableReplicas',
  wanted: (found) => `${found}.spec.replicas`,
  ...(settled.length > 0 ? { settled } : {}),
});

const COUNTS: Readonly<Record<string, Counts>> = {
  Deployment: bySpec('updatedReplicas', 'availableReplicas', 'replicas'),
  StatefulSet: bySpec('updatedReplicas', 'availableReplicas', 'replicas'),
  ReplicaSet: bySpec(),
  ReplicationController: bySpec(),
  DaemonSet: {
    available: 'numberAvailable',
    wanted: (found) => counted(found, 'desiredNumberScheduled'),
    settled: ['updatedNumberScheduled', 'numberAvailable'],
  },
};

function ofCounts({ available: field, wanted, settled }: Counts, found: string, name: string, desired: number) {
  const available = counted(found, field);
  const seen = `${found}.status.observedGeneration == ${found}.metadata.generation`;
  const least = Math.max(1, desired - 1);
  const below: Offer = {
    name: 'until.fewer',
    values: { name, least },
    condition: `${found} != null && ${available} < ${least}`,
  };
  const offers: Offer[] = [
    { name: 'until.available', values: { name }, condition: `${available} < ${wanted(found)}` },
    // Of a ReplicaSet of an older revision none are wanted.
    ...(desired > 0 ? [below] : []),
  ];
  if (!settled) return offers;
  const all = settled.map((number) => `${counted(found, number)} == ${wanted(found)}`);
  return [...offers, { name: 'until.settled', values: { name }, condition: [seen, ...all].join(' && ') } as const];
}

/** What is offered for an object, or for none. */
export function offersFor(id: string | null, row: Row | undefined): readonly Offer[] {
  if (id === null) return ANYWHERE;
  const { kind, name: own, namespace } = parseRowId(id);
  const found = `get(${[kind, own, namespace].filter(Boolean).map(quoted).join(', ')})`;
  const named = Object.entries({ kind, name: own, namespace }).filter(([, value]) => value !== '');
  // A namesake in another namespace is another object.
  const name = namespace === '' || namespace === 'default' ? own : `${namespace}/${own}`;
  const counts = COUNTS[kind];
  return [
    {
      name: 'until.next',
      values: { kind, name },
      condition: named.map(([field, value]) => `step.object.${field} == ${quoted(value)}`).join(' && '),
    },
    { name: 'until.gone', values: { kind, name }, condition: `${found} == null` },
    ...(row && isWorkload(row) && counts ? ofCounts(counts, found, name, row.desired) : []),
    ...ANYWHERE,
  ];
}

/** Those worth a line in a menu. */
export const stopsFor = (row: Row): readonly Offer[] =>
  offersFor(row.id, row).filter(({ name }) => name === 'until.next' || name === 'until.fewer');
