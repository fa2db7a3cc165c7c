/** Who sends the requests of a source: the world outside, a node, or the Pods that a selector finds, by turns. */
import type { Context } from '../client/component';
import type { Attendant, Attendants } from '../network/attendance';
import type { TrafficConfig } from '../simulation';

/** One who sends; the clients outside have an address each. */
export type Sender = Omit<Attendant, 'address'> & { readonly address: string | undefined };

/** How the network is asked who could send at which moments of the last seconds. */
export type Attend = (context: Context, who: Attendants) => readonly Attendant[];

/** Throughout the second. */
export const ALWAYS = (): boolean => true;

/** Those who could send for a source in a stretch of time that is over; none when no Pod of it ran. */
export function sendersOf(
  { name, sender }: TrafficConfig,
  attend: (who: Attendants) => readonly Attendant[],
  startMs: number,
  endMs: number,
): readonly Sender[] {
  if (sender.kind === 'outside') return [{ source: sender, name, address: undefined, isThere: ALWAYS }];
  const all = attend(sender);
  // Whoever was there at both ends was there between them, too.
  const isSteady = all.every((one) => one.isThere(startMs) && one.isThere(endMs - 1));
  return isSteady ? all.map((one) => ({ ...one, isThere: ALWAYS })) : all;
}
