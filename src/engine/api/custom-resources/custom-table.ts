/**
 * Custom resources as table rows: the columns that their definition adds, found by JSONPath; without any, the age.
 * Follows apiextensions-apiserver/pkg/registry/customresource/tableconvertor/tableconvertor.go.
 */
import { goJson } from '../go-text';
import { findInPath } from '../json-path/json-path';
import { type PathNode, parseTemplate } from '../json-path/parser';
import { type Clock, GENERIC_TABLE, since, type TableDefinition } from '../kinds/table';
import type { KubeObject } from '../meta';
import { isTimestamp } from '../timestamp';
import type { CustomResourceColumnDefinition } from '../types';

/** The table of a custom kind. */
export function customTable(added: readonly CustomResourceColumnDefinition[] | undefined): TableDefinition {
  if (!added?.length) return GENERIC_TABLE;
  const paths = added.map(({ jsonPath }) => parsed(jsonPath));
  return {
    columns: [
      { title: 'NAME' },
      ...added.map(({ name, priority = 0 }) => ({ title: name.toUpperCase(), wide: priority > 0 })),
    ],
    row: (object, clock) => [
      object.metadata.name,
      ...added.map((column, index) => cell(object, column.type, paths[index], clock)),
    ],
  };
}

/** A path that can't be read shows nothing. */
function parsed(path: string): readonly PathNode[] | undefined {
  try {
    return parseTemplate(`{${path}}`);
  } catch {
    return undefined;
  }
}

function found(object: KubeObject, path: readonly PathNode[]): unknown {
  try {
    return findInPath(path, object)[0]?.[0];
  } catch {
    return undefined;
  }
}

function cell(object: KubeObject, type: string, path: readonly PathNode[] | undefined, clock: Clock): string {
  const value = path && found(object, path);
  if (value === undefined || value === null) return '';
  switch (type) {
    case 'integer':
      return typeof value === 'number' ? String(Math.trunc(value)) : '';
    case 'number':
      return typeof value === 'number' ? String(value) : '';
    case 'boolean':
      return typeof value === 'boolean' ? String(value) : '';
    case 'date':
      if (typeof value !== 'string') return '';
      return isTimestamp(value) ? since(clock, value) : '<invalid>';
    default:
      return typeof value === 'object' ? goJson(value) : String(value);
  }
}
