/**
 * Who imports whom, judged by dependency-cruiser: the directions of `tidy-directions.ts` as its rules, no cycles, and the engine
 * out of the page's main chunk however long the way there.
 */
import { posix } from 'node:path';
import { cruise, type DependencyType, type ICruiseResult, type IFlattenedRuleSet } from 'dependency-cruiser';
import type { SourceFile, SyntaxNode } from './source-tree';
import { walk } from './source-tree';
import { DIRECTIONS, type Direction, roomOf, roomPattern } from './tidy-directions';

type Rules<K extends keyof IFlattenedRuleSet> = NonNullable<IFlattenedRuleSet[K]>;

/** Imports that are gone once types are. */
const TYPES: DependencyType[] = ['type-only'];

const packagePattern = (names: readonly string[]): string => `(^|node_modules/)(${names.join('|')})(/|$)`;
const filePattern = (files: readonly string[]): string => `^src/(${files.join('|')})\\.tsx?$`;
const roomsPattern = (rooms: readonly string[]): string => rooms.map(roomPattern).join('|');

/** What one room may import, as dependency-cruiser's `allowed` rules. */
function allowedFrom(room: string, direction: Direction): Rules<'allowed'> {
  const from = { path: roomPattern(room) };
  const own = direction.alone
    ? [
        { from: { path: `^src/${room}/([^/]+)/` }, to: { path: `^src/${room}/$1/` } },
        { from: { path: `^src/${room}/registry\\.ts$` }, to: { path: roomPattern(room) } },
      ]
    : [{ from, to: { path: roomPattern(room) } }];
  const { may, types = [], files = [], packages = [], packagesOf = {} } = direction;
  return [
    ...own,
    ...(may.length > 0 ? [{ from, to: { path: roomsPattern(may) } }] : []),
    ...(types.length > 0 ? [{ from, to: { path: roomsPattern(types), dependencyTypes: TYPES } }] : []),
    ...(files.length > 0 ? [{ from, to: { path: filePattern(files) } }] : []),
    ...(packages.length > 0 ? [{ from, to: { path: packagePattern(packages) } }] : []),
    ...Object.entries(packagesOf).map(([file, names]) => ({
      from: { path: filePattern([file]) },
      to: { path: packagePattern(names) },
    })),
  ];
}

/** Rooms of the engine that nothing loaded with the page may reach: it only knows their types. */
const WORKER_ONLY = Object.keys(DIRECTIONS).filter(
  (room) => room.startsWith('engine/') && room !== 'engine/api' && room !== 'engine/simplifications',
);

const CIRCULAR: Rules<'forbidden'>[number] = {
  name: 'a cycle of imports',
  severity: 'error',
  from: {},
  to: { circular: true, viaOnly: { dependencyTypesNot: TYPES } },
};

/** Every way from the page into rooms of the worker that is left once types are gone (dependency-cruiser's own rule counts types). */
function reachedFromPage(modules: ICruiseResult['modules']): string[] {
  const compiled = new Map(
    modules.map(({ source, dependencies }) => [
      source,
      dependencies.filter(({ dependencyTypes }) => !dependencyTypes.includes('type-only')),
    ]),
  );
  const kept = new RegExp(roomsPattern(WORKER_ONLY));
  const reached = new Set([...compiled.keys()].filter((source) => source.startsWith('src/ui/')));
  const complaints: string[] = [];
  // What is added while the set is gone through is gone through too.
  for (const from of reached)
    for (const { resolved: to } of compiled.get(from) ?? []) {
      if (kept.test(to)) complaints.push(`the engine in the page: ${from} imports ${to}`);
      else reached.add(to);
    }
  return complaints;
}

/** Plugins that import another one: what the registry of a room lists knows nothing of what else it lists. */
function neighbours(modules: ICruiseResult['modules']): string[] {
  const registry = modules.find(({ source }) => source === 'src/engine/scheduler/plugins/registry.ts');
  const listed = new Set(
    registry?.dependencies.map(({ resolved }) => resolved).filter((path) => path.includes('/scheduler/plugins/')),
  );
  return modules.flatMap(({ source, dependencies }) =>
    dependencies
      .filter(({ resolved }) => listed.has(source) && listed.has(resolved))
      .map(({ resolved }) => `a neighbouring plugin: ${source} imports ${resolved}`),
  );
}

/** Everything that is wrong with the imports below `<folder>/src`. */
export async function dependencyComplaints(folder: string): Promise<string[]> {
  const allowed = Object.entries(DIRECTIONS).flatMap(([room, direction]) => allowedFrom(room, direction));
  const { output } = await cruise(['src'], {
    baseDir: folder,
    validate: true,
    ruleSet: { allowed, allowedSeverity: 'error', forbidden: [CIRCULAR] },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.test\\.tsx?$' },
  });
  const { summary, modules } = output as ICruiseResult;
  const violations = summary.violations.map(({ rule, from, to, cycle }) => {
    const way = cycle ? ` by way of ${cycle.map(({ name }) => name).join(', ')}` : '';
    const room = roomOf(from.replace(/^src\//, ''));
    const because = rule.name === 'not-in-allowed' && room ? `: ${DIRECTIONS[room].because}` : '';
    return `${rule.name}: ${from} imports ${to}${way}${because}`;
  });
  return [...violations, ...reachedFromPage(modules), ...neighbours(modules)].sort();
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
