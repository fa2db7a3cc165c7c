/**
 * What is wrong with an applied configuration: fields that its type doesn't have, values of another type, items with one key.
 * Follows sigs.k8s.io/structured-merge-diff/typed/validate.go, with its words.
 */
import { below, pathText } from './field-set';
import type { Topology } from './topology';
import { isMap, itemsOf, memberOf } from './values';

const GOT: Readonly<Record<string, string>> = {
  string: 'expected string',
  number: 'expected numeric (int or float)',
  boolean: 'expected boolean',
};

/** `&value.valueUnstructured{Value:8080}`, as Go prints it. */
function shown(value: unknown): string {
  const text =
    typeof value === 'string' ? JSON.stringify(value) : isMap(value) ? 'map[string]interface {}{…}' : String(value);
  return `&value.valueUnstructured{Value:${text}}`;
}

/** Each problem with the path that it is at. */
export function configurationProblems(topology: Topology, config: unknown): string[] {
  const problems: string[] = [];
  const report = (path: string, what: string): void => {
    problems.push(`${pathText(path)}: ${what}`);
  };
  const visit = (here: Topology, value: unknown, path: string): void => {
    if (value === null || value === undefined || here.type === 'deduced') return;
    if (here.type === 'leaf' && here.inside) visit(here.inside, value, path);
    else if (here.type === 'leaf') {
      if (here.scalar && typeof value !== here.scalar) report(path, `${GOT[here.scalar]}, got ${shown(value)}`);
    } else if (here.type === 'list') {
      if (!Array.isArray(value)) report(path, `expected list, got ${shown(value)}`);
      for (const [element, items] of itemsOf(here.keys, value)) {
        const place = below(path, element);
        if (items.length > 1) report(path, `duplicate entries for key ${pathText(element)}`);
        visit(here.of, items[0], place);
      }
    } else if (!isMap(value)) report(path, `expected map, got ${shown(value)}`);
    else {
      for (const name of Object.keys(value).sort()) {
        const place = below(path, `f:${name}`);
        if (here.type === 'struct' && !here.fieldOf(name)) {
          // As upstream: it ends the look at this map.
          report(place, 'field not declared in schema');
          break;
        }
        visit(memberOf(here, name), value[name], place);
      }
    }
  };
  visit(topology, config, '');
  return problems;
}
