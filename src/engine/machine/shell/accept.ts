/** Programs of a shell that listen on a port (`nc -l`), as the network finds them. Pure. */

import type { ProcessState, ProcessTable } from './process-state';
import type { Listening } from './results';

/** What has come over a connection. */
export interface Arrived {
  readonly port: number;
  readonly isUdp: boolean;
  readonly text: string;
}

/** All that listen. */
export function listening({ processes }: ProcessTable): readonly Listening[] {
  return processes.flatMap(({ wait, exit }) => (wait?.for === 'connection' && exit === undefined ? wait : []));
}

type Bound = Pick<Listening, 'port' | 'isUdp'>;

/** The ports that programs have. */
export function bound(processes: Iterable<Pick<ProcessState, 'wait' | 'exit'>>): readonly Bound[] {
  return [...processes].flatMap(({ wait, exit }): Bound | readonly Bound[] => {
    if (exit !== undefined) return [];
    if (wait?.for === 'server') return wait.ports.map((port) => ({ port, isUdp: false }));
    return wait?.for === 'connection' ? wait : [];
  });
}

/** The table once what has come is there for those who listen. */
export function delivered(table: ProcessTable, arrived: readonly Arrived[]): ProcessTable {
  const processes = table.processes.map((process) => {
    const { wait } = process;
    if (wait?.for !== 'connection') return process;
    const texts = arrived.filter(({ port, isUdp }) => port === wait.port && isUdp === wait.isUdp);
    return texts.length === 0
      ? process
      : { ...process, wait: { ...wait, taken: texts.map(({ text }) => text).join('') } };
  });
  return { ...table, processes };
}

/** What a client of HTTP makes of a text: its status and body; a text without a head is taken for a body. */
export function answerIn(reply: string): { readonly status: number; readonly body: string } {
  const head = /^HTTP\/\d(?:\.\d)? (\d{3})[^\n]*\n(?:[^\r\n]+\r?\n)*\r?\n?/.exec(reply);
  return head ? { status: Number(head[1]), body: reply.slice(head[0].length) } : { status: 200, body: reply };
}
