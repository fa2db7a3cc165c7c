/** What the host needs of the worker it lives in. */
import type { ReadDocumentation } from '../kubectl/explain/documentation';
import type { FindCommand } from '../kubectl/lookup';
import type { Message, RequestName, Requests } from './protocol';
import type { Turns } from './run-ahead';
import type { timelineAnswers } from './timeline-answers';

/** See the header. */
export interface HostPorts {
  readonly post: (message: Message) => void;
  readonly turns: Turns;
  readonly now: () => number;
  /** What is known of the fields of built-in kinds; waits for it. */
  readonly documentation: ReadDocumentation;
  /** Loads what the first graph doesn't need. */
  readonly load: {
    commands(): Promise<FindCommand>;
    fidelity(): Promise<Requests['fidelity']['answer']>;
    timeline(): Promise<typeof timelineAnswers>;
  };
}

/** Questions that can be answered before the commands have come. */
export const COMMANDLESS: ReadonlySet<RequestName> = new Set<RequestName>(['open', 'fidelity', 'ping']);
