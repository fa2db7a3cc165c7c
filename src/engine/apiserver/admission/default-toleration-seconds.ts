/**
 * DefaultTolerationSeconds: a Pod that says nothing of it stays five minutes on a Node that is not ready or unreachable.
 * Follows plugin/pkg/admission/defaulttolerationseconds/admission.go; its two API server flags are left out.
 */
import type { Pod, Toleration } from '../../api/types';
import { withoutRoom } from '../../kernel/in-one-piece';
import type { AdmissionPlugin } from '../strategy';

const NOT_READY = 'node.kubernetes.io/not-ready';
const UNREACHABLE = 'node.kubernetes.io/unreachable';

/** Shared by all Pods, so frozen. */
function forFiveMinutes(key: string): Toleration {
  return Object.freeze({ effect: 'NoExecute', key, operator: 'Exists', tolerationSeconds: 300 });
}

const TOLERATE_NOT_READY = forFiveMinutes(NOT_READY);
const TOLERATE_UNREACHABLE = forFiveMinutes(UNREACHABLE);

function covers(toleration: Toleration, key: string): boolean {
  return (!toleration.key || toleration.key === key) && (!toleration.effect || toleration.effect === 'NoExecute');
}

/** DefaultTolerationSeconds. */
export const defaultTolerationSeconds: AdmissionPlugin = {
  name: 'DefaultTolerationSeconds',
  admit: (draft, _old, request) => {
    if (draft.kind !== 'Pod' || request.subresource || request.operation === 'DELETE') return;
    const { spec } = draft as Pod;
    const given = spec.tolerations ?? [];
    const toleratesNotReady = given.some((toleration) => covers(toleration, NOT_READY));
    const toleratesUnreachable = given.some((toleration) => covers(toleration, UNREACHABLE));
    if (toleratesNotReady && toleratesUnreachable) return;
    spec.tolerations = withoutRoom([
      ...given,
      ...(toleratesNotReady ? [] : [TOLERATE_NOT_READY]),
      ...(toleratesUnreachable ? [] : [TOLERATE_UNREACHABLE]),
    ]);
  },
};
