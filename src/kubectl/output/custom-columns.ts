/** `-o custom-columns`: HEADER:path pairs as a table. Follows staging/src/k8s.io/kubectl/pkg/cmd/get/customcolumn.go. */

import { goText } from '../../engine/api/go-text';
import type { KubeObject } from '../../engine/api/meta';
import { KubectlError } from '../errors';
import { relaxed } from '../json-path-text';
import { tableText } from '../printers/tab-writer';
import { findJsonPath } from './jsonpath';

interface CustomColumn {
  readonly header: string;
  readonly path: string;
}

function parseColumns(template: string): CustomColumn[] {
  if (template === '') throw new KubectlError('custom-columns format specified but no custom columns given');
  return template.split(',').map((part) => {
    const colon = part.indexOf(':');
    if (colon < 0) {
      throw new KubectlError(`unexpected custom-columns spec: ${part}, expected <header>:<json-path-expr>`);
    }
    const path = part.slice(colon + 1);
    return { header: part.slice(0, colon), path: path === '' ? '' : relaxed(path) };
  });
}

function cellOf(path: string, object: KubeObject): string {
  const found = findJsonPath(path, object);
  const texts = found.flat().map((value) => goText(value));
  if (found.length === 0 || found[0]?.length === 0) texts.unshift('<none>');
  return texts.join(',');
}

/** The table. */
export function renderCustomColumns(template: string, objects: readonly KubeObject[], noHeaders: boolean): string {
  const wanted = parseColumns(template);
  const rows = objects.map((object) => wanted.map(({ path }) => cellOf(path, object)));
  return tableText(noHeaders ? rows : [wanted.map(({ header }) => header), ...rows]);
}
