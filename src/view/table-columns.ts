/** The columns of the table of each kind: what its rows have, under kubectl's titles. Kinds without a line here have kubectl's own cells. */
import {
  isAutoscaler,
  isClaim,
  isDisruptionBudget,
  isEndpointSlice,
  isIngress,
  isNode,
  isOther,
  isPod,
  isQuota,
  isService,
  isVolume,
  isWorkload,
  type Row,
} from './rows';

/** One cell: as it is read, and as it is sorted where that is a number. */
export interface Cell {
  readonly text: string;
  readonly number?: number;
}

const text = (value: string | undefined): Cell => ({ text: value || '—' });
const number = (value: number): Cell => ({ text: String(value), number: value });
const of = (part: number, whole: number): Cell => ({
  text: `${part}/${whole}`,
  number: whole === 0 ? 1 : part / whole,
});

/** Titles and cells of a row, beside its namespace and name. */
export function cellsOf(row: Row): readonly (readonly [title: string, cell: Cell])[] {
  if (isPod(row)) {
    const { readyContainers, containers, status, restarts, node, ip } = row;
    return [
      ['STATUS', text(status)],
      ['READY', of(readyContainers, containers)],
      ['RESTARTS', number(restarts)],
      ['NODE', text(node)],
      ['IP', text(ip)],
    ];
  }
  if (isNode(row)) {
    const cpu = {
      text: row.cpuMilli % 1000 === 0 ? String(row.cpuMilli / 1000) : `${row.cpuMilli}m`,
      number: row.cpuMilli,
    };
    return [
      ['READY', text(row.ready)],
      ['CORDONED', text(row.unschedulable ? 'true' : '')],
      ['CPU', cpu],
      ['TAINTS', text(row.taints.join(' '))],
      ['ZONE', text(row.zone)],
    ];
  }
  if (isWorkload(row)) {
    return [
      ['READY', of(row.ready, row.desired)],
      ['UP-TO-DATE', number(row.updated)],
      ['AVAILABLE', number(row.available)],
      ['IMAGES', text(row.images)],
    ];
  }
  if (isService(row)) {
    return [
      ['TYPE', text(row.type)],
      ['CLUSTER-IP', text(row.clusterIP)],
      ['PORTS', text(row.ports)],
    ];
  }
  return furtherCells(row);
}

function furtherCells(row: Row): readonly (readonly [title: string, cell: Cell])[] {
  if (isClaim(row) || isVolume(row)) {
    const other = isClaim(row) ? row.volume : row.claim;
    return [
      ['STATUS', text(row.status)],
      [isClaim(row) ? 'VOLUME' : 'CLAIM', text(other?.slice(other.indexOf('/') + 1))],
      ['CAPACITY', text(row.size)],
      ['ACCESS MODES', text(row.modes)],
      ['STORAGECLASS', text(row.storageClass)],
    ];
  }
  if (isDisruptionBudget(row)) {
    return [
      ['ALLOWED', number(row.allowed)],
      ['HEALTHY', number(row.healthy)],
      ['NEEDED', number(row.desiredHealthy)],
    ];
  }
  if (isEndpointSlice(row)) return [['READY', of(row.ready, row.total)]];
  if (isAutoscaler(row)) {
    return [
      ['TARGETS', text(row.targets)],
      ['MINPODS', number(row.min)],
      ['MAXPODS', number(row.max)],
      ['REPLICAS', number(row.current)],
    ];
  }
  if (isIngress(row)) {
    return [
      ['CLASS', text(row.ingressClass)],
      ['HOSTS', text(row.hosts)],
    ];
  }
  if (isQuota(row))
    return row.lines.map(({ resource, used, hard, share }) => [resource, { text: `${used}/${hard}`, number: share }]);
  return isOther(row) ? row.cells.map(([title, cell]) => [title, text(cell)]) : [];
}

/** How rows are ordered: by a title, ending on the id. */
export interface Order {
  readonly title: string;
  readonly isDown: boolean;
}

function sortedBy(row: Row, title: string): Cell {
  if (title === 'NAME') return { text: row.name };
  if (title === 'NAMESPACE') return { text: row.namespace };
  return cellsOf(row).find(([each]) => each === title)?.[1] ?? { text: '' };
}

function compare(a: Cell, b: Cell): number {
  if (a.number !== undefined && b.number !== undefined) return a.number - b.number;
  return a.text < b.text ? -1 : a.text > b.text ? 1 : 0;
}

/** What is shown of all rows: of a kind, a namespace, and with a text in the name or a cell; the ids, in order. */
export function tableOf(
  rows: Iterable<Row>,
  wish: {
    readonly kind: string;
    readonly namespace: string;
    readonly text: string;
    readonly looks: readonly string[];
    readonly order: Order;
  },
): string[] {
  const { kind, namespace, looks, order } = wish;
  const wanted = wish.text.trim().toLowerCase();
  const shown: { readonly id: string; readonly cell: Cell }[] = [];
  for (const row of rows) {
    if (row.kind !== kind || (namespace !== '' && row.namespace !== namespace)) continue;
    if (looks.length > 0 && isPod(row) && !looks.includes(row.look)) continue;
    const isFound =
      wanted === '' ||
      row.name.toLowerCase().includes(wanted) ||
      cellsOf(row).some(([, { text: cell }]) => cell.toLowerCase().includes(wanted));
    if (isFound) shown.push({ id: row.id, cell: sortedBy(row, order.title) });
  }
  const sign = order.isDown ? -1 : 1;
  shown.sort((a, b) => sign * compare(a.cell, b.cell) || (a.id < b.id ? -1 : 1));
  return shown.map(({ id }) => id);
}

/** Every kind that has rows, with how many; and every namespace. */
export function contentsOf(rows: Iterable<Row>): { kinds: (readonly [string, number])[]; namespaces: string[] } {
  const kinds = new Map<string, number>();
  const namespaces = new Set<string>();
  for (const { kind, namespace } of rows) {
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    if (namespace) namespaces.add(namespace);
  }
  return { kinds: [...kinds].sort(([a], [b]) => (a < b ? -1 : 1)), namespaces: [...namespaces].sort() };
}
