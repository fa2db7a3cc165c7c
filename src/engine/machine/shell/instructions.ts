/** What a compiled shell program consists of: plain data, kept while the page lives. */
import type { Word } from './words';

/** Where a command's output goes. */
export interface Redirect {
  readonly target: Word;
  readonly append: boolean;
  /** False for standard error only. */
  readonly output: boolean;
}

/** One instruction. Targets are indexes into the program. */
export type Instruction =
  | {
      readonly op: 'run';
      readonly assigns: readonly { readonly name: string; readonly value: Word }[];
      readonly words: readonly Word[];
      readonly redirects: readonly Redirect[];
      readonly input?: Word;
      /** Standard error goes where the output goes. */
      readonly merges?: boolean;
      readonly intoPipe?: boolean;
      readonly fromPipe?: boolean;
      readonly background?: boolean;
    }
  | { op: 'jump'; to: number }
  | { op: 'jump-if-failed'; to: number }
  | { op: 'jump-if-ok'; to: number }
  | { readonly op: 'negate' }
  | { readonly op: 'push-list'; readonly words: readonly Word[] }
  | { op: 'next-item'; readonly name: string; to: number }
  | { readonly op: 'drop-list' };
