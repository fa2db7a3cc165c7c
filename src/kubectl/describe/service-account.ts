/** kubectl describe serviceaccount. Follows describeServiceAccount in staging/src/k8s.io/kubectl/pkg/describe/describe.go. */
import type { ServiceAccount } from '../../engine/api/types';
import { withEventsOf } from './events';
import { type Describer, metadataLines } from './text';

const TITLE = 'Image pull secrets:';

/** ServiceAccount. */
export const describeServiceAccount: Describer<ServiceAccount> = (account, reader, clock) => {
  const names = (account.imagePullSecrets ?? []).map(({ name = '' }) => name);
  const shown = names.length > 0 ? names : ['<none>'];
  const lines = shown.map((name, index) => `${index === 0 ? TITLE : ' '.repeat(TITLE.length)}\t${name}\n`);
  return withEventsOf(account, metadataLines(account) + lines.join(''), reader, clock);
};
