/** Where older texts are wrong or out of date, a lesson that shows the row says what holds today; and rows that are easily only named are spoken of. */
import { expect, test } from 'vitest';
import { LESSONS } from '..';

/** Rows of the list of concepts, and what has to be said of them. */
const TODAY: readonly (readonly [string, RegExp])[] = [
  ['A3', /Pods that the ReplicaSet \*\*owns\*\*/],
  ['A8', /never asks the machines or the store/],
  ['A11', /metadata\.ownerReferences/],
  ['A16', /--record.*deprecated/],
  ['A17', /DESIRED and CURRENT too; those columns are gone/],
  ['A20', /it is a \*\*hash\*\* of the template/],
  ['A22', /write through the API server/],
  ['A23', /\*\*One\*\*, at once/],
  ['A26', /it is two bad and two good/],
  ['A28', /that was the default before it became 25/],
  ['C2', /they are gone since 1\.23/],
  ['C18', /webhooks outside the scheduler/],
  ['D12', /`v1beta1` of older texts is\s+gone since 1\.25/],
  ['E13', /\*Unknown\* is not set any more/],
  ['E8', /share files of their images or processes, unless asked/],
  ['F9', /`revisionHistoryLimit`, \*\*10\*\*/],
  ['G6', /promises no order.*scales it to 0 first/],
  ['H3', /any printable ASCII but `=`/],
  ['H6', /up to a minute later/],
  ['H7', /Read-only file system/],
  ['H11', /kubernetes\.io\/tls/],
  ['H12', /valid base64: four letters stand for three bytes/],
  ['H14', /Since 1\.24 none is made/],
  ['I5', /−997 for Guaranteed, 3 to 999 for Burstable/],
  ['I6', /can outlive a large burstable one/],
  ['I14', /flags of older texts are deprecated/],
  ['K7', /deprecated since 1\.35/],
  ['K13', /CoreDNS/],
  ['L3', /ingress-nginx was retired in March 2026/],
  ['M10', /ReadWriteOncePod/],
  ['M13', /`Recycle`, which is deprecated/],
  ['M21', /lost\+found/],
  ['N1', /People are no objects of the cluster/],
  ['N7', /PodSecurityPolicy of older texts went in 1\.25/],
  ['O8', /Heapster and Federation of older texts are gone/],
];

/** Rows that no lesson is about: one of those that claim to show them says what there is to know. */
const SAID: readonly (readonly [string, RegExp])[] = [
  ['B9', /parts of a \*\*shared informer\*\*/],
  ['C22', /the binding is written beside/],
  ['E2', /four kinds of work/],
  ['E22', /leave liveness out on purpose/],
  ['E27', /kubelet that is restarted .* whole grace period again/],
  ['E31', /KUBERNETES_SERVICE_HOST/],
  ['I9', /found by a load test/],
  ['J3', /custom and external metrics/],
  ['K3', /`ClusterIP`/],
  ['M18', /holds the Lease, and renews it, leads/],
  ['N2', /Authorization: Bearer/],
  ['R8', /kubectl explain/],
  ['R9', /kubectl completion.*Tab key/],
  ['S4', /two steps: the claim is written, and the Pod names it/],
];

test.each([...TODAY, ...SAID])('%s: %s', async (row, said) => {
  const texts = await Promise.all(LESSONS.filter(({ concepts }) => concepts.includes(row)).map(({ load }) => load()));
  expect(texts.some((text) => said.test(text.replace(/\s+/g, ' ')))).toBe(true);
});
