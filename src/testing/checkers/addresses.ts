/** No two Pods that live have the same address, but for those that use their Node's. */
import type { Pod } from '../../engine/api/types';
import { type Checker, nameOf } from './history';

function addressOf(pod: Pod | undefined): string | undefined {
  if (!pod || pod.spec.hostNetwork) return undefined;
  const { phase, podIP } = pod.status ?? {};
  return phase === 'Failed' || phase === 'Succeeded' ? undefined : podIP;
}

export const addresses: Checker = {
  name: 'addresses',
  begin: (complain) => {
    const holders = new Map<string, Pod>();
    return {
      change: ({ kind, previous, value }) => {
        if (kind !== 'Pod') return;
        const before = addressOf(previous as Pod | undefined);
        const address = addressOf(value as Pod | undefined);
        if (before !== undefined && holders.get(before)?.metadata.uid === previous?.metadata.uid)
          holders.delete(before);
        if (address === undefined || !value) return;
        const other = holders.get(address);
        if (other && other.metadata.uid !== value.metadata.uid)
          complain(`${nameOf(value)} and ${nameOf(other)} both have ${address}`);
        holders.set(address, value as Pod);
      },
    };
  },
};
