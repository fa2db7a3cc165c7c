/** What is asked of a Pod's subresources that answer with text, and their answers. Follows PodLogOptions and PodExecOptions in core/v1. */
import type { KubeObject } from './meta';
import type { Pod } from './types';

/** v1.PodLogOptions, as far as it is used. */
export interface PodLogOptions {
  readonly container?: string;
  readonly previous?: boolean;
  readonly sinceSeconds?: number;
  /** RFC 3339. */
  readonly sinceTime?: string;
  readonly tailLines?: number;
  readonly limitBytes?: number;
  readonly timestamps?: boolean;
  /** Refused, as the feature gate PodLogsQuerySplitStreams is off in 1.36. */
  readonly stream?: string;
  /** Of attach: lines for the process's standard input. */
  readonly stdin?: string;
  /** What is asked for while the answer is open: what follows an earlier part of it, and who is to be told of more. */
  readonly follow?: PodLogFollow;
}

/** A component to be woken, and the timer that does it. */
export interface StreamWake {
  readonly actor: string;
  readonly kind: string;
  readonly key: string;
}

/** So many characters of each stream. */
export type Shown = Readonly<Record<'stdout' | 'stderr', number>>;

/** Where the reader of an open answer stands. */
export interface PodLogFollow {
  /** The instance whose log it reads; empty before the first part. */
  readonly instance: string;
  /** How many lines it has had. */
  readonly from: number;
  /** Of attach: how much of what had no end of line then, by stream. */
  readonly shown?: Shown;
  /** The component to be woken when there is more, and the timer that does it. */
  readonly wake: StreamWake;
}

/** A container's log, or the next part of one that is followed. */
export interface LogPart {
  readonly text: string;
  readonly instance: string;
  /** How many lines have been printed up to here. */
  readonly next: number;
  /** Of attach: how much of what has no end of line yet is in the text, or came before. */
  readonly shown?: Shown;
  /** Nothing will follow. */
  readonly isOver: boolean;
}

/** As the API server answers it. */
export interface LogAnswer extends KubeObject, LogPart {
  readonly apiVersion: 'v1';
  readonly kind: 'PodLog';
  readonly metadata: { readonly name: string; readonly namespace: string };
}

/** v1.PodExecOptions, as far as it is used; `session`: the next part of what an earlier request began. */
export interface PodExecOptions {
  readonly container?: string;
  readonly command: readonly string[];
  /** All that comes on its standard input; undefined: nothing does. */
  readonly stdin?: string;
  readonly session?: string;
  readonly wake: StreamWake;
}

/** What a command has printed since it was last asked for. */
export interface ExecPart {
  readonly session: string;
  readonly output: readonly { readonly stream: 'stdout' | 'stderr'; readonly text: string }[];
  /** Set once it has ended. */
  readonly exit?: number;
  /** It could not be started, or reached: what the stream says at its end. */
  readonly problem?: string;
}

/** As the API server answers it. */
export interface ExecAnswer extends KubeObject, ExecPart {
  readonly apiVersion: 'v1';
  readonly kind: 'PodExec';
  readonly metadata: { readonly name: string; readonly namespace: string };
}

/** What a kubelet answers to the API server. What it refuses it throws, as the API server passes it on. */
export interface KubeletConnection {
  containerLogs(pod: Pod, container: string, options: PodLogOptions): LogPart;
  attach(pod: Pod, container: string, options: PodLogOptions): LogPart;
  exec(pod: Pod, container: string, options: PodExecOptions): ExecPart;
}

/** A kubelet that answers, or how the dial to it ends. */
export type KubeletDial = KubeletConnection | { readonly failure: string };
