/** YAML text. */
import { stringify } from 'yaml';

/** Value as YAML. */
export function yamlText(value: unknown): string {
  return stringify(value, { sortMapEntries: true, indentSeq: false });
}
