/** Which recorded cases of a real cluster still differ here, and why: chance and circumstances of the recording. Named as in src/testing/parity. */
import type { Limit } from '../limits';

const because = (what: string, detail: string): Limit => ({
  area: 'Recorded cases that differ',
  kind: 'simplified',
  what,
  detail,
});

/** Of the comparison with a real cluster. */
export const RECORDED_LIMITS: readonly Limit[] = [
  because(
    'kubectl/apply-created-configured-unchanged, kubectl/events-and-their-order',
    'What was printed there holds the date and the resourceVersion of the recording.',
  ),
  because(
    'kubectl/wordpress-of-the-seeds',
    'The recorded cluster had no storage drivers; here the CephFS class of the seed has one, and its claim is Bound.',
  ),
  because(
    'daemonset/rolling-one-node, daemonset/rolling-max-unavailable',
    'Counts that last for a few ms between two writes are seen or missed by chance; one Event is about the ServiceCIDR of the recording.',
  ),
  because(
    'disruption/pdb-bare-pods',
    'Which of several budgets of a Pod is looked at is chance there; and documents of time 0 are applied in one moment here, so budgets never find that their Pods are not there yet.',
  ),
  because('service/ingress-objects', 'IngressClasses were not watched when the case was recorded.'),
  because(
    'storage/recycle-makes-it-available-again',
    'An Event there tells how long a pull took to the ms, and the size of a made-up image.',
  ),
  because(
    'apply/defaulting/node',
    'The taint of a Node that nobody reports for is taken away after 0.2 s; the recording looked before that.',
  ),
  because(
    'apply/validation/resourcequota-bad',
    'Complaints about resources of a quota come in the random order of a Go map.',
  ),
];
