/**
 * Several Compose files as one, as `docker compose -f compose.yaml -f compose.override.yaml` reads them: a later file's values replace those before,
 * mappings are merged key by key, and lists are appended, but for commands, which are replaced, and mounts, of which each target has one.
 */
import { isMapping, type Path, pairsOf, textOf } from './reading';

/** Where a value of the whole stands: in which file, and where there. */
export interface Origin {
  readonly file: number;
  readonly path: Path;
}

/** The whole, and where each of its parts comes from. */
export interface Merged {
  readonly value: unknown;
  readonly originOf: (path: Path) => Origin;
}

const REPLACED = new Set(['command', 'entrypoint', 'test']);
const KEYED = new Set(['environment', 'labels', 'annotations', 'extra_hosts', 'sysctls', 'args']);

/** What makes an item of a list the same as another: a mount's target, else its whole. */
function identity(item: unknown, key: string): string {
  if (key !== 'volumes') return JSON.stringify(item);
  const [source = '', target] = textOf(item).split(':');
  return isMapping(item) ? textOf(item.target) : (target ?? source);
}

/** See the header. */
export function mergeCompose(values: readonly unknown[]): Merged {
  const origins = new Map<string, Origin>();
  const nameOfPath = (path: Path) => JSON.stringify(path);
  function lists(base: readonly unknown[], over: readonly unknown[], path: Path, from: Origin): unknown[] {
    const items = [...base];
    const key = String(path.at(-1));
    over.forEach((item, index) => {
      const same = items.findIndex((each) => identity(each, key) === identity(item, key));
      const at = same < 0 ? items.length : same;
      items[at] = item;
      origins.set(nameOfPath([...path, at]), { ...from, path: [...from.path, index] });
    });
    return items;
  }
  function mappings(base: unknown, over: unknown, path: Path, from: Origin): unknown {
    const whole = new Map(pairsOf({ value: base, path }).map(({ key, value }) => [key, value]));
    for (const { key, value, path: at } of pairsOf({ value: over, path: from.path }))
      whole.set(key, merge(whole.get(key), value, [...path, key], { ...from, path: at }));
    return Object.fromEntries(whole);
  }
  function merge(base: unknown, over: unknown, path: Path, from: Origin): unknown {
    const key = String(path.at(-1));
    if (over === null && base !== undefined) return base;
    if (base !== undefined && base !== null && !REPLACED.has(key)) {
      if (KEYED.has(key) || (isMapping(base) && isMapping(over))) return mappings(base, over, path, from);
      if (Array.isArray(base) && Array.isArray(over)) return lists(base, over, path, from);
    }
    origins.set(nameOfPath(path), from);
    return over;
  }
  const value = values.reduce((base, over, file) => merge(base, over, [], { file, path: [] }));
  return { value, originOf: (path) => originIn(origins, path, nameOfPath) };
}

/** The nearest part that came from a later file says it; without one it is the first's. */
function originIn(origins: ReadonlyMap<string, Origin>, path: Path, nameOfPath: (path: Path) => string): Origin {
  for (let length = path.length; length > 0; length--) {
    const origin = origins.get(nameOfPath(path.slice(0, length)));
    if (origin) return { file: origin.file, path: [...origin.path, ...path.slice(length)] };
  }
  return { file: 0, path };
}
