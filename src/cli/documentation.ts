/** The documentation of fields as the command line has it: a file of the repository, read when it is asked for. */
import { readFileSync } from 'node:fs';
import type { Documentation } from '../kubectl/explain/documentation';

/** Beside the built command line's folder, or beside this file where nothing is built. */
const PLACES = ['../../src/kubectl/explain/', '../kubectl/explain/'];

/** Undefined when the file is not there. */
export function readDocumentation(): Documentation | undefined {
  for (const place of PLACES) {
    try {
      return JSON.parse(
        readFileSync(new URL(`${place}documentation.generated.json`, import.meta.url), 'utf8'),
      ) as Documentation;
    } catch {
      // It is in the other place.
    }
  }
  return undefined;
}
