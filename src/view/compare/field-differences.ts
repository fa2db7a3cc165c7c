/** In which fields two versions of an object differ, without what is different in every run: ids, versions, clocks. Pure. */
import { deepEqual } from '../../engine/api/plain';

/** A field with what it holds on each side, as short text; '' where it isn't there. */
export interface FieldDifference {
  readonly path: string;
  readonly a: string;
  readonly b: string;
}

const UNTOLD = new Set([
  ...[
    'uid',
    'resourceVersion',
    'creationTimestamp',
    'managedFields',
    'generation',
    'observedGeneration',
    'containerID',
  ],
  ...[
    'startTime',
    'startedAt',
    'finishedAt',
    'completionTime',
    'time',
    'deletionTimestamp',
    'kubernetes.io/created-by',
  ],
]);

const isUntold = (name: string): boolean => UNTOLD.has(name) || /^last\w*Time$/.test(name);

const LONGEST = 48;

/** A value on one line, cut where it gets long. */
function shortText(value: unknown): string {
  if (value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What an item of a list is called: items keep their names when others come and go. */
function nameOf(item: unknown, index: number): string {
  if (!isPlain(item)) return String(index);
  const { name, type, containerPort, port, ip } = item;
  return String(name ?? type ?? containerPort ?? port ?? ip ?? index);
}

function entriesOf(value: unknown): Map<string, unknown> {
  if (Array.isArray(value)) return new Map(value.map((item, index) => [`[${nameOf(item, index)}]`, item]));
  return new Map(Object.entries(value as object).map(([name, field]) => [`.${name}`, field]));
}

function compare(path: string, a: unknown, b: unknown, found: FieldDifference[]): void {
  if (deepEqual(a, b)) return;
  const areBothOpen = (isPlain(a) && isPlain(b)) || (Array.isArray(a) && Array.isArray(b));
  if (!areBothOpen) {
    found.push({ path: path.replace(/^\./, ''), a: shortText(a), b: shortText(b) });
    return;
  }
  const [left, right] = [entriesOf(a), entriesOf(b)];
  for (const name of new Set([...left.keys(), ...right.keys()])) {
    if (!isUntold(name.slice(1))) compare(path + name, left.get(name), right.get(name), found);
  }
}

/** See the header. */
export function fieldDifferences(a: object, b: object): FieldDifference[] {
  const found: FieldDifference[] = [];
  compare('', a, b, found);
  return found;
}
