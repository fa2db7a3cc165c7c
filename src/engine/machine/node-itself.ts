/** What a machine is to its agents beside its containers: its boot and its own network. */
import type { Context } from '../client/component';
import { textHex64 } from './hex';
import type { ShellNetwork } from './network-face';
import type { Machine } from './records';

/** Differs after each boot. */
export function bootIdOf({ context: { memory }, node }: Machine): string {
  return textHex64(memory.bootedAtMs === 0 ? node : `${node}@${memory.bootedAtMs}`);
}

/** The network of the node itself, for what its agents send. */
export function nodeNetwork({ context, surroundings, node }: Machine): ShellNetwork {
  return surroundings.networkOf(context as unknown as Context, undefined, node);
}
