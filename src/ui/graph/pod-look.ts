/** How each state of a Pod is drawn, in the page and on a canvas: one colour and one shape, so that neither is needed alone. */
import type { MessageKey } from '../../i18n/translate';
import type { PodLook } from '../../view/rows';

export interface LookStyle {
  /** The CSS variable that holds its colour. */
  readonly colour: string;
  readonly name: MessageKey;
}

export const LOOKS: Readonly<Record<PodLook, LookStyle>> = {
  pending: { colour: '--pending', name: 'look.pending' },
  creating: { colour: '--creating', name: 'look.creating' },
  notReady: { colour: '--not-ready', name: 'look.notReady' },
  ready: { colour: '--ready', name: 'look.ready' },
  terminating: { colour: '--terminating', name: 'look.terminating' },
  failed: { colour: '--failed', name: 'look.failed' },
  succeeded: { colour: '--succeeded', name: 'look.succeeded' },
};

export const LOOK_ORDER: readonly PodLook[] = [
  'pending',
  'creating',
  'notReady',
  'ready',
  'terminating',
  'failed',
  'succeeded',
];
