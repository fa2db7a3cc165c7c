/** What a utility comes to: an exit status, or what goes on after it. */

/** What a command says after it has slept, and how it ends then; nothing and 0 when left out. */
export interface Afterwards {
  readonly output?: string;
  readonly errors?: string;
  readonly status?: number;
}

/** A port on which a program listens. */
export interface Listening {
  readonly port: number;
  readonly isUdp: boolean;
  /** It waits for others afterwards. */
  readonly isKept: boolean;
  /** What it answers whoever connects. */
  readonly reply: string;
}

/** Where a server listens, how it ends when it is asked to, and what it says of a port that another has. */
export interface Beginning {
  readonly ports: readonly number[];
  readonly status: number;
  refuses(port: number): Afterwards & { readonly afterMs: number };
}

/** Echo requests that ping sends, and how many have been sent and answered so far. */
export interface Echo {
  readonly target: string;
  readonly address: string;
  readonly size: number;
  /** 0: without end. */
  readonly count: number;
  readonly everyMs: number;
  /** How long the first answer is waited for once all are sent. */
  readonly patienceMs: number;
  readonly isQuiet: boolean;
  /** After how much time none is sent any more, and how much has been spent. */
  readonly endMs?: number;
  readonly spentMs: number;
  readonly sent: number;
  readonly received: number;
}

/** When a program is asked to end that has not by then, and how. */
export interface Limit {
  readonly ms: number;
  readonly signal: string;
  /** How long it has then before it is killed. */
  readonly killAfterMs?: number;
  /** Its own status counts, also when it was asked. */
  readonly isKept?: true;
}

/** A program that is to run in place of the utility, and how. */
export interface Launch {
  readonly runs: readonly string[];
  /** Its environment, when that is another. */
  readonly variables?: readonly (readonly [name: string, value: string])[];
  readonly limit?: Limit;
  /** What its root is to be, of those that its utility sees. */
  readonly root?: string;
  /** Signals that it does not have. */
  readonly ignores?: readonly string[];
  /** How long it took is told when it has ended. */
  readonly isTimed?: true;
}

/** How a command went: an exit status, or that it goes on: for a time, for ever, as the image's server, as another program. */
export type CommandResult =
  | number
  | Launch
  | { readonly sleepMs: number; readonly then?: Afterwards }
  | 'forever'
  | { readonly echo: Echo }
  /** It sends a signal to others. */
  | { readonly kills: readonly number[]; readonly signal: string; readonly status: number }
  | { readonly listen: Listening }
  | 'server'
  /** A server that leaves its caller: it goes on in the background. */
  | { readonly daemon: readonly string[] }
  | { readonly follow: string }
  | { readonly repeat: string };
