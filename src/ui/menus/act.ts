/** Does what an entry of an object's menu does that needs nothing more. */
import type { Row } from '../../view/rows';
import { conductor } from '../state/page';
import { nameOf, saidOf } from './deeds';
import type { Entry } from './menu-table';

/** See the header. */
export function act(entry: Entry, row: Row): void {
  const { deed } = entry;
  if ('command' in deed) void conductor.acts.command(deed.command);
  else if ('input' in deed) void conductor.acts.do(deed.input, saidOf(nameOf(entry), row));
}
