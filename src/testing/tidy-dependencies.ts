/**
 * Who imports whom, judged by dependency-cruiser: the directions of `tidy-directions.ts` as its rules, no cycles, and the engine
 * out of the page's main chunk however long the way there.
 */
import { posix } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import type { SourceFile, SyntaxNode } from './source-tree';
import { walk } from './source-tree';
import { DIRECTIONS, type Direction, roomOf, roomPattern } from './tidy-directions';

type Rule = Readonly<Record<string, unknown>>;

const packagePattern = (names: readonly string[]): string => `(^|node_modules/)(${names.join('|')})(/|$)`;
const filePattern = (files: readonly string[]): string => `^src/(${files.join('|')})\\.tsx?$`;
const roomsPattern = (rooms: readonly string[]): string => rooms.map(roomPattern).join('|');

/** What one room may import, as dependency-cruiser's `allowed` rules. */
function allowedFrom(room: string, direction: Direction): Rule[] {
  const from = { path: roomPattern(room) };
  const own = direction.alone
    ? [
        { from: { path: `^src/${room}/([^/]+)/` }, to: { path: `^src/${room}/$1/` } },
        { from: { path: `^src/${room}/registry\\.ts$` }, to: { path: roomPattern(room) } },
      ]
    : [{ from, to: { path: roomPattern(room) } }];
  const { may, types = [], files = [], packages = [] } = direction;
  return [
    ...own,
    ...(may.length > 0 ? [{ from, to: { path: roomsPattern(may) } }] : []),
    ...(types.length > 0 ? [{ from, to: { path: roomsPattern(types), dependencyTypes: ['type-only'] } }] : []),
    ...(files.length > 0 ? [{ from, to: { path: filePattern(files) } }] : []),
    ...(packages.length > 0 ? [{ from, to: { path: packagePattern(packages) } }] : []),
  ];
}

/** Rooms of the engine that nothing loaded with the page may reach: it only knows their types. */
const WORKER_ONLY = Object.keys(DIRECTIONS).filter(
  (room) => room.startsWith('engine/') && room !== 'engine/api' && room !== 'engine/simplifications',
);

/** Rules about what is left once types are gone. */
const COMPILED: readonly Rule[] = [
  { name: 'a cycle of imports', severity: 'error', from: {}, to: { circular: true } },
  {
    name: 'the engine in the page',
    severity: 'error',
    from: { path: '^src/ui/' },
    to: { path: roomsPattern(WORKER_ONLY), reachable: true },
  },
];

async function violations(
  baseDir: string,
  ruleSet: object,
  tsPreCompilationDeps: 'specify' | false,
): Promise<string[]> {
  const { output } = await cruise(['src'], {
    baseDir,
    validate: true,
    skipAnalysisNotInRules: true,
    ruleSet,
    tsPreCompilationDeps,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.test\\.tsx?$' },
  });
  return (output as ICruiseResult).summary.violations.map(({ rule, from, to, cycle }) => {
    const way = cycle ? ` by way of ${cycle.map(({ name }) => name).join(', ')}` : '';
    const room = roomOf(from.replace(/^src\//, ''));
    const because = rule.name === 'not-in-allowed' && room ? `: ${DIRECTIONS[room].because}` : '';
    return `${rule.name}: ${from} imports ${to}${way}${because}`;
  });
}

/** Everything that is wrong with the imports below `<folder>/src`. */
export async function dependencyComplaints(folder: string): Promise<string[]> {
  const allowed = Object.entries(DIRECTIONS).flatMap(([room, direction]) => allowedFrom(room, direction));
  return [
    ...(await violations(folder, { allowed, allowedSeverity: 'error' }, 'specify')),
    ...(await violations(folder, { forbidden: COMPILED }, false)),
  ].sort();
}

/** Ways into other rooms that dependency-cruiser does not see: what tests export, and files taken in by a pattern. */
export function detourComplaints(file: SourceFile): string[] {
  if (/\.test\.tsx?$/.test(file.path)) return [];
  const complaints = file.imports
    .filter(({ target }) => /\.test(\.tsx?)?$/.test(target))
    .map(({ target }) => `${file.path} imports the test ${target}`);
  const room = roomOf(file.path);
  walk(file.program, (node) => {
    const callee = node.callee as SyntaxNode | undefined;
    if ((callee?.object as SyntaxNode | undefined)?.type !== 'MetaProperty') return;
    const [first] = node.arguments as readonly SyntaxNode[];
    const given = (first?.elements ?? [first]) as readonly { readonly value?: unknown }[];
    for (const { value } of given) {
      const place = posix.join(posix.dirname(file.path), String(value));
      const other = roomOf(place);
      if (!room || !other || (other !== room && !DIRECTIONS[room].may.includes(other)))
        complaints.push(`${file.path} takes in ${place}`);
    }
  });
  return complaints;
}
