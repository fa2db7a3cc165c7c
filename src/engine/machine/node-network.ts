/** The network of a node itself, for what its agents send. */
import type { Context } from '../client/component';
import type { ShellNetwork } from './network-face';
import type { Machine } from './records';

/** See the header. */
export function nodeNetwork({ context, surroundings, node }: Machine): ShellNetwork {
  return surroundings.networkOf(context as unknown as Context, undefined, node);
}
