/** How a component stands at the head, for whoever looks at the control plane. */
import type { ComponentState } from '../simulation';
import type { Runner } from './runner';

/** The state of a runner; `revision` is the store's. */
export function componentState(runner: Runner, revision: number): ComponentState {
  const { component, inbox, memory, stopped, held } = runner;
  const seenRevision = inbox.length > 0 ? runner.seenRevision : revision;
  return { component, seenRevision, inbox, standing: stopped ? 'stopped' : held ? 'cut-off' : 'running', memory };
}
