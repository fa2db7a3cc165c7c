/** How an object of any kind is, in words. */
import { t } from '../../i18n/translate';
import {
  isClaim,
  isDisruptionBudget,
  isEndpointSlice,
  isNode,
  isOther,
  isPod,
  isService,
  isVolume,
  isWorkload,
  type Row,
} from '../../view/rows';
import { cellsOf } from '../../view/table-columns';
import { describeNode } from './node-card';
import { describePod, statusWord } from './pod-cell';
import { describeWorkload, stateOf } from './workload-words';

const cellWords = (row: Row): string =>
  cellsOf(row)
    .map(([title, { text }]) => `${title} ${text}`)
    .join(', ');

/** Everything that is worth saying of it beside its name. */
export function descriptionOf(row: Row): string {
  if (isPod(row)) return describePod(row);
  if (isWorkload(row)) return describeWorkload(row);
  return cellWords(row);
}

/** Its state alone, where how much is ready and on which node stand beside it. */
export function stateWords(row: Row): string {
  if (isPod(row)) return statusWord(row);
  if (isClaim(row) || isVolume(row)) return row.status;
  if (isWorkload(row)) return t(stateOf(row).word);
  if (isNode(row)) return describeNode(row);
  if (isService(row)) return [row.type, row.clusterIP, row.ports].join(' ');
  if (isEndpointSlice(row)) return '';
  if (isDisruptionBudget(row)) return t('budget.allowed', { count: row.allowed });
  return isOther(row) && row.note !== undefined ? row.note : cellWords(row);
}
