/** Which text describes which kind. */
import type { Describe } from '../command';

/** `kubectl describe` of one object. */
export const describe: Describe = (_kind, object) => `Name: ${object.metadata.name}\n`;
