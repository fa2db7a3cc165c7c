/** What is asked of a Pod's subresources that answer with text, and their answers. Follows PodLogOptions and PodExecOptions in core/v1. */
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
  /** What is asked for while the answer is open: what follows an earlier part of it, and who is to be told of more. */
  readonly follow?: PodLogFollow;
}

/** A component to be woken, and the timer that does it. */
export interface StreamWake {
  readonly actor: string;
  readonly kind: string;
  readonly key: string;
}

/** Where the reader of an open answer stands. */
export interface PodLogFollow {
  /** The instance whose log it reads; empty before the first part. */
  readonly instance: string;
  /** How many lines it has had. */
  readonly from: number;
  /** The component to be woken when there is more, and the timer that does it. */
  readonly wake: StreamWake;
}

/** A container's log, or the next part of one that is followed. */
export interface LogPart {
  readonly text: string;
  readonly instance: string;
  /** How many lines have been printed up to here. */
  readonly next: number;
  /** Nothing will follow. */
  readonly isOver: boolean;
}

/** As the API server answers it. */
export interface PodLog extends LogPart {
  readonly apiVersion: 'v1';
  readonly kind: 'PodLog';
  readonly metadata: { readonly name: string; readonly namespace: string };
}

/** What a kubelet answers to the API server. What it refuses it throws, as the API server passes it on. */
export interface KubeletConnection {
  containerLogs(pod: Pod, container: string, options: PodLogOptions): LogPart;
}

/** A kubelet that answers, or how the dial to it ends. */
export type KubeletDial = KubeletConnection | { readonly failure: string };
