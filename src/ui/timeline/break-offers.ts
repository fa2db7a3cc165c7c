/** Conditions that are offered for an object, to run until or to stop at: each with what it means. */
import type { MessageKey } from '../../i18n/translate';
import { isWorkload, parseRowId, type Row } from '../../view/rows';

export interface Offer {
  readonly name: MessageKey;
  readonly values?: Readonly<Record<string, string | number>>;
  readonly condition: string;
  /** Playing stops at it; there is no running until it. */
  readonly stopOnly?: true;
}

/** As conditions/breakpoints.ts knows it. */
const NEXT_WARNING = 'next warning';

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** Offered whatever is selected. */
const ANYWHERE: readonly Offer[] = [
  {
    name: 'until.warning',
    condition: NEXT_WARNING,
    stopOnly: true,
  },
  {
    name: 'until.pending',
    condition: "list('Pod').exists(p, p.status.conditions.exists(c, c.reason == 'Unschedulable'))",
  },
];

/** A status leaves its numbers out while they are 0, and is itself not there before its controller has come by. */
const counted = (found: string, field: string): string => `${found}.status.?${field}.orValue(0)`;

function ofDeployment(found: string, name: string, desired: number): Offer[] {
  const available = counted(found, 'availableReplicas');
  const settled = ['updatedReplicas', 'availableReplicas', 'replicas'].map(
    (field) => `${counted(found, field)} == ${found}.spec.replicas`,
  );
  const seen = `${found}.status.observedGeneration == ${found}.metadata.generation`;
  const least = Math.max(1, desired - 1);
  return [
    { name: 'until.available', values: { name }, condition: `${available} < ${found}.spec.replicas` },
    {
      name: 'until.fewer',
      values: { name, least },
      condition: `${found} != null && ${available} < ${least}`,
    },
    { name: 'until.settled', values: { name }, condition: [seen, ...settled].join(' && ') },
  ];
}

/** What is offered for an object, or for none. */
export function offersFor(id: string | null, row: Row | undefined): readonly Offer[] {
  if (id === null) return ANYWHERE;
  const { kind, name, namespace } = parseRowId(id);
  const found = `get(${[kind, name, namespace].filter(Boolean).map(quoted).join(', ')})`;
  return [
    {
      name: 'until.next',
      values: { kind, name },
      condition: `step.object.kind == ${quoted(kind)} && step.object.name == ${quoted(name)}`,
    },
    { name: 'until.gone', values: { kind, name }, condition: `${found} == null` },
    ...(row && isWorkload(row) && kind === 'Deployment' ? ofDeployment(found, name, row.desired) : []),
    ...ANYWHERE,
  ];
}

/** Those worth a line in a menu. */
export const stopsFor = (row: Row): readonly Offer[] =>
  offersFor(row.id, row).filter(({ name }) => name === 'until.next' || name === 'until.fewer');
