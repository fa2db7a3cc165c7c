/** How a component stands at the head, for whoever looks at the control plane. */
import type { ComponentState } from '../simulation';
import type { Runner } from './runner';
import { relisted } from './watch-stream';

/** The state of a runner; `revision` is the store's. */
export function componentState(runner: Runner, revision: number): ComponentState {
  const { component, inbox, memory, stopped, held } = runner;
  const seenRevision = inbox.length > 0 ? runner.seenRevision : revision;
  // What it misses comes as one list once it can be told again.
  const coming = held ? relisted(inbox) : inbox;
  return {
    component,
    seenRevision,
    inbox: coming,
    standing: stopped ? 'stopped' : held ? 'cut-off' : 'running',
    memory,
  };
}
