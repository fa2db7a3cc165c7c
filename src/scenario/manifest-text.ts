/** Objects as a text of YAML documents that is read as they are: what Kubernetes takes for something else than a text (`yes`, `on`, `0777`) is quoted. */
import { stringify } from 'yaml';

/** How values are written, for readers of YAML 1.1. */
export const AS_READ = { version: '1.1', aliasDuplicateObjects: false } as const;
/** Nothing is folded. */
export const UNFOLDED = { lineWidth: 0 } as const;

/** See the header. */
export function manifestText(objects: readonly unknown[]): string {
  return objects.map((each) => stringify(each, { ...AS_READ, ...UNFOLDED })).join('---\n');
}
