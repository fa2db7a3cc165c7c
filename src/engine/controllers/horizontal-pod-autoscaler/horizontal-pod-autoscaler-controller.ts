/**
 * HorizontalPodAutoscalers: every 15 s it compares the use of a target's Pods with what is aimed at, and sets the target's size.
 * Follows pkg/controller/podautoscaler/horizontal.go. Reads autoscalers, Pods, PodMetrics and the scale of targets; writes scales and the status of
 * autoscalers. Left out: scaling to and from zero (off by default upstream).
 */
import { setCondition } from '../../api/conditions';
import { joinKey } from '../../api/meta';
import { deepEqual } from '../../api/plain';
import { matchesRequirements, parseLabelSelector } from '../../api/selector';
import { StatusError } from '../../api/status-error';
import type {
  HorizontalPodAutoscaler,
  HorizontalPodAutoscalerCondition,
  HorizontalPodAutoscalerStatus,
  MetricStatus,
  Pod,
} from '../../api/types';
import type { Context } from '../../client/component';
import { type ControllerMemory, defineController, type Result, specSince } from '../../client/controller';
import { evidenceOf, sentenceOf } from './evidence';
import { computeMetrics, type MetricsOutcome } from './metrics';
import { afterRescale, type Normalized, normalize, type ScalingHistory, type Verdict } from './normalize';
import { downscaleStabilizationMs, settingsOf, syncPeriodMs } from './settings';
import { type Target, targetOf } from './target';

/** Memory of the controller. */
interface AutoscalerMemory extends ControllerMemory {
  /** What was asked for and done, by autoscaler. */
  readonly histories: Map<string, ScalingHistory>;
  /** Which Pods each autoscaler is in charge of; '' before it has looked once. */
  readonly selectors: Map<string, string>;
}

type AutoscalerContext = Context<AutoscalerMemory>;

/** The HorizontalPodAutoscaler controller. */
export const horizontalPodAutoscalerController = defineController<AutoscalerMemory>({
  name: 'horizontal-pod-autoscaler-controller',
  eventSource: 'horizontal-pod-autoscaler',
  for: 'HorizontalPodAutoscaler',
  reads: ['Pod'],
  memory: () => ({ histories: new Map(), selectors: new Map() }),
  observe: ({ memory }, { key, value }) => {
    if (!value) memory.selectors.delete(key);
    else if (!memory.selectors.has(key)) memory.selectors.set(key, '');
  },
  changesWaitMs: syncPeriodMs,
  reconcile,
});

function reconcile(context: AutoscalerContext, key: string): Result {
  const autoscaler = context.lister.byKey<HorizontalPodAutoscaler>('HorizontalPodAutoscaler', key);
  if (!autoscaler) {
    context.memory.histories.delete(key);
    return undefined;
  }
  context.because(specSince(context, 'HorizontalPodAutoscaler', autoscaler));
  sync(context, key, autoscaler);
  return { requeueAfterMs: syncPeriodMs(context) };
}

/** One look at an autoscaler, while it is worked on. */
interface Look {
  readonly key: string;
  readonly autoscaler: HorizontalPodAutoscaler;
  conditions: HorizontalPodAutoscalerCondition[];
}

type ConditionType = 'AbleToScale' | 'ScalingActive' | 'ScalingLimited';

function set({ now }: AutoscalerContext, look: Look, type: ConditionType, verdict: Verdict): void {
  const { status, reason, message } = verdict;
  look.conditions = setCondition(look.conditions, { type, status, lastTransitionTime: now, reason, message });
}

function sync(context: AutoscalerContext, key: string, autoscaler: HorizontalPodAutoscaler): void {
  const look: Look = { key, autoscaler, conditions: [...(autoscaler.status.conditions ?? [])] };
  const target = targetOf(context, autoscaler);
  if ('error' in target) {
    context.events.record(autoscaler, 'Warning', 'FailedGetScale', target.error);
    const message = `the HPA controller was unable to get the target's current scale: ${target.error}`;
    set(context, look, 'AbleToScale', { status: 'False', reason: 'FailedGetScale', message });
    writeStatus(context, look, { ...autoscaler.status, conditions: look.conditions });
    return;
  }
  set(context, look, 'AbleToScale', {
    status: 'True',
    reason: 'SucceededGetScale',
    message: "the HPA controller was able to get the target's current scale",
  });
  const { histories } = context.memory;
  const first = { recommendations: [{ replicas: target.replicas, atMs: context.nowMs }], ups: [], downs: [] };
  if (!histories.has(key)) histories.set(key, first);
  decide(context, look, target);
}

function decide(context: AutoscalerContext, look: Look, target: Target): void {
  const { minReplicas: min = 1, maxReplicas: max } = look.autoscaler.spec;
  const current = target.replicas;
  if (current === 0) {
    const message = 'scaling is disabled since the replica count of the target is zero';
    set(context, look, 'ScalingActive', { status: 'False', reason: 'ScalingDisabled', message });
    finish(context, look, target, { replicas: 0, reason: '' }, []);
  } else if (current > max) {
    rescale(context, look, target, { replicas: max, reason: 'Current number of replicas above Spec.MaxReplicas' });
  } else if (current < min) {
    rescale(context, look, target, { replicas: min, reason: 'Current number of replicas below Spec.MinReplicas' });
  } else {
    followMetrics(context, look, target, min);
  }
}

/** What is to be done, why, and from what it follows. */
interface Decision {
  readonly replicas: number;
  readonly reason: string;
  readonly outcome?: MetricsOutcome;
  readonly normalized?: Normalized;
}

function followMetrics(context: AutoscalerContext, look: Look, target: Target, min: number): void {
  const { autoscaler, key } = look;
  const outcome = measure(context, look, target);
  const { replicas: desired, error, statuses } = outcome;
  if (desired === undefined) {
    const { name } = autoscaler.metadata;
    if (writeCounts(context, look, target.replicas, autoscaler.status.desiredReplicas, statuses))
      context.say('update-status', autoscaler, `HorizontalPodAutoscaler ${name} can't decide: ${error}`);
    context.events.record(autoscaler, 'Warning', 'FailedComputeMetricsReplicas', error ?? '');
    return;
  }
  const current = target.replicas;
  const { behavior, maxReplicas: max } = autoscaler.spec;
  const history = context.memory.histories.get(key) as ScalingHistory;
  const stabilizationMs = downscaleStabilizationMs(context);
  const wish = { current, desired, min, max, nowMs: context.nowMs, downscaleStabilizationMs: stabilizationMs };
  const normalized = normalize(wish, behavior, history);
  context.memory.histories.set(key, { ...history, recommendations: normalized.recommendations });
  set(context, look, 'AbleToScale', normalized.ableToScale);
  set(context, look, 'ScalingLimited', normalized.scalingLimited);
  const reason =
    desired > current ? `${outcome.name} above target` : desired < current ? 'All metrics below target' : '';
  const decision = { replicas: normalized.replicas, reason, outcome, normalized };
  if (decision.replicas === current) finish(context, look, target, decision, statuses);
  else rescale(context, look, target, decision, statuses);
}

/** What the metrics ask for, with the condition that follows from it. */
function measure(context: AutoscalerContext, look: Look, target: Target): MetricsOutcome {
  const { autoscaler } = look;
  const { selector, replicas: current } = target;
  const pods = selectedPods(context, look, selector);
  if (typeof pods === 'string') {
    const nothing = { replicas: undefined, name: '', calculation: undefined, statuses: [], failures: [] };
    return { ...nothing, error: pods };
  }
  const outcome = computeMetrics(context, { autoscaler, current, selector, pods }, settingsOf(context, autoscaler));
  for (const { reason, error } of outcome.failures) context.events.record(autoscaler, 'Warning', reason, error);
  const [failure] = outcome.failures;
  if (outcome.replicas !== undefined) {
    const message = `the HPA was able to successfully calculate a replica count from ${outcome.name}`;
    set(context, look, 'ScalingActive', { status: 'True', reason: 'ValidMetricFound', message });
  } else if (failure) {
    const message = `the HPA was unable to compute the replica count: ${failure.error}`;
    set(context, look, 'ScalingActive', { status: 'False', reason: failure.reason, message });
  }
  return outcome;
}

/** Whether a Pod is selected by a text, or what is wrong with that. */
function matcherOf(text: string): ((pod: Pod) => boolean) | string {
  try {
    const requirements = parseLabelSelector(text);
    return ({ metadata }) => matchesRequirements(requirements, metadata.labels);
  } catch (error) {
    return (error as Error).message;
  }
}

/** The Pods of the target's selector, or what is wrong with it: it is missing, or others are in charge of its Pods too. Says so. */
function selectedPods(context: AutoscalerContext, look: Look, selector: string): readonly Pod[] | string {
  const { autoscaler, key } = look;
  const { namespace = '' } = autoscaler.metadata;
  const { selectors } = context.memory;
  const refuse = (event: string, reason: string, error: string, message: string): string => {
    context.events.record(autoscaler, 'Warning', event, error);
    set(context, look, 'ScalingActive', { status: 'False', reason, message });
    return error;
  };
  if (!selector) {
    const message = "the HPA target's scale is missing a selector";
    return refuse('SelectorRequired', 'InvalidSelector', 'selector is required', message);
  }
  const matches = matcherOf(selector);
  if (typeof matches === 'string') {
    const error = `couldn't convert selector into a corresponding internal selector object: ${matches}`;
    return refuse('InvalidSelector', 'InvalidSelector', error, error);
  }
  selectors.set(key, selector);
  const pods = context.lister.list<Pod>('Pod', namespace).filter(matches);
  const shares = (text: string): boolean => {
    const matchesToo = matcherOf(text);
    return typeof matchesToo !== 'string' && pods.some(matchesToo);
  };
  const charged = [...selectors]
    .filter(([other, text]) => text && other.startsWith(joinKey(namespace, '')) && shares(text))
    .map(([other]) => other.slice(namespace.length + 1))
    .sort();
  if (charged.length < 2) return pods;
  const names = charged.map((name) => `${namespace}/${name}`).join(' ');
  const error = `pods by selector ${selector} are controlled by multiple HPAs: [${names}]`;
  return refuse('AmbiguousSelector', 'AmbiguousSelector', error, error);
}

function rescale(
  context: AutoscalerContext,
  look: Look,
  target: Target,
  decision: Decision,
  statuses: readonly MetricStatus[] = [],
): void {
  const { autoscaler, key } = look;
  const { namespace } = autoscaler.metadata;
  const { replicas, reason } = decision;
  const { name } = autoscaler.spec.scaleTargetRef;
  try {
    context.client.scale(target.info.id, namespace, name, replicas, target.resourceVersion);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    const { message } = error;
    const why = `New size: ${replicas}; reason: ${reason}; error: ${message}`;
    context.events.record(autoscaler, 'Warning', 'FailedRescale', why);
    const failed = `the HPA controller was unable to update the target scale: ${message}`;
    set(context, look, 'AbleToScale', { status: 'False', reason: 'FailedUpdateScale', message: failed });
    writeCounts(context, look, target.replicas, autoscaler.status.desiredReplicas, statuses);
    return;
  }
  const message = `the HPA controller was able to update the target scale to ${replicas}`;
  set(context, look, 'AbleToScale', { status: 'True', reason: 'SucceededRescale', message });
  context.events.record(autoscaler, 'Normal', 'SuccessfulRescale', `New size: ${replicas}; reason: ${reason}`);
  const history = context.memory.histories.get(key) as ScalingHistory;
  const { behavior } = autoscaler.spec;
  context.memory.histories.set(key, afterRescale(history, behavior, target.replicas, replicas, context.nowMs));
  finish(context, look, target, decision, statuses, context.now);
}

/** Writes what was found, and tells it. */
function finish(
  context: AutoscalerContext,
  look: Look,
  { replicas: current }: Target,
  decision: Decision,
  statuses: readonly MetricStatus[],
  lastScaleTime?: string,
): void {
  const { autoscaler } = look;
  const isRescaled = lastScaleTime !== undefined;
  if (isRescaled) context.say('scale', autoscaler, sentenceOf(autoscaler, current, decision));
  const isWritten = writeCounts(context, look, current, decision.replicas, statuses, lastScaleTime);
  if (isWritten && !isRescaled) context.say('update-status', autoscaler, sentenceOf(autoscaler, current, decision));
  if (isWritten || isRescaled) context.attach(evidenceOf(autoscaler, current, decision));
}

function writeCounts(
  context: AutoscalerContext,
  look: Look,
  currentReplicas: number,
  desiredReplicas: number,
  statuses: readonly MetricStatus[],
  lastScaleTime = look.autoscaler.status.lastScaleTime,
): boolean {
  return writeStatus(context, look, {
    ...(lastScaleTime === undefined ? {} : { lastScaleTime }),
    ...(currentReplicas === 0 ? {} : { currentReplicas }),
    desiredReplicas,
    currentMetrics: statuses.length > 0 ? [...statuses] : (null as unknown as undefined),
    conditions: look.conditions,
  });
}

/** Returns whether there was anything to write. */
function writeStatus(context: AutoscalerContext, { autoscaler }: Look, status: HorizontalPodAutoscalerStatus): boolean {
  if (deepEqual(status, autoscaler.status)) return false;
  try {
    context.client.updateStatus<HorizontalPodAutoscaler>({ ...autoscaler, status });
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    context.events.record(autoscaler, 'Warning', 'FailedUpdateStatus', error.message);
  }
  return true;
}
