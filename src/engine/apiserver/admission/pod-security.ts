/**
 * PodSecurity: holds a namespace's Pods to the level that its labels name, and warns of Pods, templates and of changed labels.
 * Follows staging/src/k8s.io/pod-security-admission/admission/admission.go. Left out: audit notes, and the older forms that checks had
 * before the version a label may name.
 */
import type { FieldError } from '../../api/field-error';
import type { KubeObject } from '../../api/meta';
import { controllerOf } from '../../api/meta';
import { invalid } from '../../api/status-error';
import type { Pod, PodTemplateSpec } from '../../api/types';
import type { AdmissionPlugin, RequestContext } from '../strategy';
import type { Violation } from './pod-security-check';
import {
  isStricter,
  type LevelVersion,
  labelErrors,
  levelText,
  policyOf,
  type SecuredPod,
  violationsOf,
} from './pod-security-policy';
import { refuseNamed } from './refusal';

/** How many Pods are looked at when a namespace gets a stricter level. */
const MAX_PODS_TO_CHECK = 3000;

/** PodSecurity. */
export const podSecurity: AdmissionPlugin = {
  name: 'PodSecurity',
  validate: (object, old, request) => {
    const { subresource = '' } = request;
    // Containers that are added to look into a Pod are held to the level too.
    if (request.operation === 'DELETE' || (subresource !== '' && subresource !== 'ephemeralcontainers')) return;
    if (object.kind === 'Pod') validatePod(object as Pod, old as Pod | undefined, request);
    else if (object.kind === 'Namespace') validateNamespace(object, old, request);
    else validateTemplate(object, request);
  },
};

function policyIn(namespace: string | undefined, request: RequestContext): ReturnType<typeof policyOf> {
  return policyOf(request.find('Namespace', undefined, namespace ?? '')?.metadata.labels);
}

/** New mistakes in the labels are refused; old ones may stay. */
function validateNamespace(namespace: KubeObject, old: KubeObject | undefined, request: RequestContext): void {
  const { labels, name } = namespace.metadata;
  const errors = labelErrors(labels);
  const before = old ? labelErrors(old.metadata.labels) : [];
  const textOf = (list: readonly FieldError[]) => list.map(({ field, message }) => `${field}: ${message}`).join();
  if (errors.length > 0 && textOf(before) !== textOf(errors)) throw invalid('', 'Namespace', name, errors);
  if (!old) return;
  const was = policyOf(old.metadata.labels).enforce;
  const { enforce } = policyOf(labels);
  const isRelaxed = enforce.version === was.version && !isStricter(enforce, was);
  if (enforce.level === 'privileged' || isRelaxed) return;
  warnOfPods(name, enforce, request);
}

/** Tells which of the Pods that are there already would not be let in any more. */
function warnOfPods(namespace: string, enforce: LevelVersion, request: RequestContext): void {
  const pods = onePerController(request.list('Pod', namespace) as readonly Pod[]);
  const checked = pods.slice(0, MAX_PODS_TO_CHECK);
  const namesByReason = new Map<string, string[]>();
  for (const pod of checked) {
    const reason = violationsOf(pod, enforce)
      .map((violation) => violation.reason)
      .join(', ');
    if (reason) namesByReason.set(reason, [...(namesByReason.get(reason) ?? []), pod.metadata.name]);
  }
  if (checked.length < pods.length) {
    request.warn(
      `new PodSecurity enforce level only checked against the first ${checked.length} of ${pods.length} existing pods`,
    );
  }
  if (namesByReason.size === 0) return;
  request.warn(
    `existing pods in namespace "${namespace}" violate the new PodSecurity enforce level "${levelText(enforce)}"`,
  );
  for (const line of [...namesByReason].map(([reason, names]) => `${counted(names)}: ${reason}`).sort()) {
    request.warn(line);
  }
}

/** The first Pod of each controller before all further ones. */
function onePerController(pods: readonly Pod[]): readonly Pod[] {
  const seen = new Set<string>();
  const others: Pod[] = [];
  const first = pods.filter((pod) => {
    const owner = controllerOf(pod);
    if (!owner || !seen.has(owner.uid)) {
      if (owner) seen.add(owner.uid);
      return true;
    }
    others.push(pod);
    return false;
  });
  return [...first, ...others];
}

function counted(names: readonly string[]): string {
  const [first, ...more] = [...names].sort();
  if (more.length === 0) return first as string;
  return `${first} (and ${more.length} other ${more.length === 1 ? 'pod' : 'pods'})`;
}

function isSignificantUpdate(pod: Pod, old: Pod): boolean {
  const imagesOf = ({ spec }: Pod) =>
    [...(spec.containers ?? []), ...(spec.initContainers ?? []), ...(spec.ephemeralContainers ?? [])].map(
      ({ name, image }) => `${name}=${image}`,
    );
  return imagesOf(pod).join() !== imagesOf(old).join();
}

function validatePod(pod: Pod, old: Pod | undefined, request: RequestContext): void {
  const { enforce, warn } = policyIn(pod.metadata.namespace, request);
  if (enforce.level === 'privileged' && warn.level === 'privileged') return;
  if (old && !isSignificantUpdate(pod, old)) return;
  const violations = violationsOf(pod, enforce);
  if (violations.length > 0) {
    throw refuseNamed(pod, `violates PodSecurity "${levelText(enforce)}": ${detailOf(violations)}`);
  }
  warnOf(pod, warn, request);
}

/** A template is never refused: its Pods will be. */
function validateTemplate({ metadata, spec }: KubeObject, request: RequestContext): void {
  const template = (spec as { template?: PodTemplateSpec } | undefined)?.template;
  if (template?.spec?.containers)
    warnOf({ ...template, spec: template.spec }, policyIn(metadata.namespace, request).warn, request);
}

function warnOf(pod: SecuredPod, level: LevelVersion, request: RequestContext): void {
  const violations = violationsOf(pod, level);
  if (violations.length === 0) return;
  request.warn(`would violate PodSecurity "${levelText(level)}": ${detailOf(violations)}`);
}

function detailOf(violations: readonly Violation[]): string {
  return violations.map(({ reason, detail }) => (detail ? `${reason} (${detail})` : reason)).join(', ');
}
