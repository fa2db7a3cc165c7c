/**
 * An applied configuration merged into a live object: what it says holds, items of lists with keys are merged, and their order is the
 * configuration's where it says one. Follows sigs.k8s.io/structured-merge-diff/typed/merge.go.
 */
import type { Topology } from './topology';
import { isMap, isNothing, itemsOf, memberOf, resolved } from './values';

/** The merged value. Neither argument is changed. */
export function merged(given: Topology, live: unknown, config: unknown): unknown {
  const here = resolved(given, config ?? live);
  if (here.type === 'leaf' || (isNothing(live) && isNothing(config))) return config === undefined ? live : config;
  if (here.type === 'list') return mergedItems(here, live, config);
  const [old, next] = [isMap(live) ? live : {}, isMap(config) ? config : {}];
  const names = [...new Set([...Object.keys(old), ...Object.keys(next)])];
  const entries = names.map((name) => [name, merged(memberOf(here, name), old[name], next[name])] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** Items of the live list keep their place; those that both have follow the order of the configuration. */
function mergedItems({ keys, of }: Extract<Topology, { type: 'list' }>, live: unknown, config: unknown): unknown {
  const [old, next] = [itemsOf(keys, live), itemsOf(keys, config)];
  const left = [...old.keys()];
  const right = [...next.keys()];
  const shared = right.filter((element) => old.has(element));
  const done = new Set<string>();
  const out: unknown[] = [];
  const take = (element: string): void => {
    done.add(element);
    const item = next.get(element)?.[0];
    const before = old.get(element);
    if (item === undefined) out.push(...(before ?? []));
    else out.push(merged(of, before?.length === 1 ? before[0] : undefined, item));
    if (shared[0] === element) shared.shift();
  };
  for (let l = 0, r = 0; l < left.length || r < right.length; ) {
    const [mine, theirs] = [left[l], right[r]];
    if (mine !== undefined && mine === theirs) {
      take(mine);
      l++;
      r++;
    } else if (
      mine !== undefined &&
      theirs !== undefined &&
      next.has(mine) &&
      shared[0] !== undefined &&
      shared[0] !== mine
    ) {
      l++;
    } else if (mine !== undefined && !next.has(mine)) {
      take(mine);
      l++;
    } else {
      if (mine !== undefined && done.has(mine)) l++;
      if (theirs !== undefined) {
        take(theirs);
        r++;
      }
    }
  }
  return out.length > 0 ? out : undefined;
}
