/**
 * The quota controller: counts what every ResourceQuota limits, when the quota is new, when something it counts has gone, and every five
 * minutes. What is added in between is charged by admission.
 * Follows pkg/controller/resourcequota (resource_quota_controller.go, resource_quota_monitor.go) and pkg/quota/v1/install/update_filter.go.
 * Reads every namespaced kind but Events; writes only quotas' status. Its two queues are one: nothing waits in either.
 */
import { type KubeObject, keyOf } from '../../api/meta';
import { evaluatorOf } from '../../api/quota/evaluator';
import { maskList, type ResourceList, sameAmounts } from '../../api/quota/resource-list';
import { usageOf } from '../../api/quota/usage';
import { findResource, kindId, RESOURCES } from '../../api/scheme';
import type { ResourceQuota } from '../../api/types';
import { type Component, type Context, CUSTOM_KINDS, type Watch, type WatchEvent } from '../../client/component';
import { type ControllerMemory, defineController, enqueueKey, type Result } from '../../client/controller';

type QuotaContext = Context<ControllerMemory>;

const RESYNC_MS = 300_000;
const KINDS: readonly string[] = RESOURCES.filter((info) => evaluatorOf(info)).map(({ id }) => id);

const controller = defineController({
  name: 'resourcequota-controller',
  for: 'ResourceQuota',
  start: (context) => context.after(0, 'resync', ''),
  onTimer: (context, kind) => {
    if (kind !== 'resync') return;
    context.afterBecause(RESYNC_MS, 'resync', '', null);
    for (const quota of context.lister.list('ResourceQuota')) enqueueKey(context, keyOf(quota), null);
  },
  reconcile,
});

const quotas: Watch<ControllerMemory> = {
  kind: 'ResourceQuota',
  on: (context, event) => {
    if (!event.value || hasNewLimits(event)) enqueueKey(context, event.key, event.step);
    if (!event.value) replenish(context, event);
  },
  filter: (_actor, event) => !event.value || hasNewLimits(event),
};

const others = [...KINDS.filter((kind) => kind !== 'ResourceQuota'), CUSTOM_KINDS].map(
  (kind): Watch<ControllerMemory> => ({ kind, on: replenish, filter: (_actor, event) => mayFree(event) }),
);

/** The quota controller. */
export const resourceQuotaController: Component<ControllerMemory> = {
  ...controller,
  watches: [quotas, ...others],
  wakes: [
    { kind: 'ResourceQuota', relation: 'for' },
    ...KINDS.filter((kind) => kind !== 'ResourceQuota').map((kind) => ({ kind, relation: 'watches' as const })),
  ],
};

function hardOf(object: KubeObject | undefined): ResourceList {
  return (object as ResourceQuota | undefined)?.spec?.hard ?? {};
}

function hasNewLimits({ value, previous }: WatchEvent): boolean {
  return value !== undefined && (!previous || !sameAmounts(hardOf(previous), hardOf(value)));
}

/** Whether something has gone, or has become something that is no longer charged. */
function mayFree({ value, previous }: WatchEvent): boolean {
  if (!previous) return false;
  if (!value) return true;
  const info = findResource(kindId(value.apiVersion, value.kind));
  return (info && evaluatorOf(info)?.replenishes?.(previous, value)) === true;
}

/** Has the quotas counted that limit what a kind uses. */
function replenish(context: QuotaContext, { value, previous, step }: WatchEvent): void {
  const object = (value ?? previous) as KubeObject;
  const info = context.client.discovery().find(kindId(object.apiVersion, object.kind));
  const evaluator = info && evaluatorOf(info);
  if (!evaluator) return;
  for (const quota of context.lister.list<ResourceQuota>('ResourceQuota', object.metadata.namespace)) {
    if (evaluator.matching(Object.keys(quota.status.hard ?? {})).length > 0) enqueueKey(context, keyOf(quota), step);
  }
}

function reconcile(context: QuotaContext, key: string): Result {
  const quota = context.lister.byKey<ResourceQuota>('ResourceQuota', key);
  if (!quota) return undefined;
  const { namespace = '', name } = quota.metadata;
  const { status } = quota;
  const hard = hardOf(quota);
  const list = (kind: string) => context.lister.list(kind, namespace);
  const counted = usageOf(quota, context.client.discovery().preferred, list, context.now);
  const used = maskList({ ...status.used, ...counted }, Object.keys(hard));
  if (status.hard && sameAmounts(hard, status.hard) && sameAmounts(used, status.used ?? {})) return undefined;
  // What is empty is left out, as it is of everything stored.
  const counts = Object.keys(used).length > 0 ? { used } : {};
  context.client.updateStatus<ResourceQuota>({ ...quota, status: { hard: { ...hard }, ...counts } });
  const amounts = Object.keys(hard)
    .sort()
    .map((each) => `${each} ${used[each] ?? '?'} of ${hard[each]}`);
  const sentence = `Counted what ResourceQuota ${name} limits in Namespace ${namespace}: ${amounts.join(', ') || 'nothing'}`;
  context.say('update-status', quota, sentence);
  context.attach({ hard, used });
  return undefined;
}
