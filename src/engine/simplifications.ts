/** What is simplified and what is not there: the same statements as in the headers of the files concerned. */
import type { Limit } from './limits';

export const SIMPLIFICATIONS: readonly Limit[] = [];
