/**
 * PodSecurity: holds a namespace's Pods to the level that its label pod-security.kubernetes.io/enforce names.
 * Follows staging/src/k8s.io/pod-security-admission (admission/admission.go, api/helpers.go, policy/registry.go). Warnings and audit
 * notes are left out, as are the older forms that checks had before the version a label may name.
 */
import type { FieldError } from '../../api/field-error';
import type { KubeObject } from '../../api/meta';
import { invalid } from '../../api/status-error';
import type { Pod } from '../../api/types';
import type { AdmissionPlugin, RequestContext } from '../strategy';
import { baselineChecks, restrictedChecks, type SecurityCheck } from './pod-security-checks';
import { refuseNamed } from './refusal';

const PREFIX = 'pod-security.kubernetes.io/';
const MODES = ['enforce', 'audit', 'warn'] as const;
const LEVELS: readonly string[] = ['privileged', 'baseline', 'restricted'];
const VERSION = /^v1\.(0|[1-9][0-9]*)$/;

type Labels = Readonly<Record<string, string>> | undefined;

/** PodSecurity. */
export const podSecurity: AdmissionPlugin = {
  name: 'PodSecurity',
  validate: (object, old, request) => {
    if (request.operation === 'DELETE' || request.subresource) return;
    if (object.kind === 'Pod') validatePod(object as Pod, old as Pod | undefined, request);
    else if (object.kind === 'Namespace') validateNamespace(object, old);
  },
};

function labelErrors(labels: Labels): FieldError[] {
  const errors: FieldError[] = [];
  const check = (label: string, isValid: (value: string) => boolean, why: string) => {
    const value = labels?.[PREFIX + label];
    if (value === undefined || isValid(value)) return;
    const message = `Invalid value: "${value}": ${why}`;
    errors.push({ type: 'FieldValueInvalid', field: `metadata.labels[${PREFIX}${label}]`, message });
  };
  for (const mode of MODES) {
    check(mode, (value) => LEVELS.includes(value), `must be one of ${LEVELS.join(', ')}`);
    check(`${mode}-version`, (value) => value === 'latest' || VERSION.test(value), 'must be "latest" or "v1.x"');
  }
  return errors;
}

/** New mistakes in the labels are refused; old ones may stay. */
function validateNamespace(namespace: KubeObject, old: KubeObject | undefined): void {
  const errors = labelErrors(namespace.metadata.labels);
  if (errors.length === 0) return;
  const before = old ? labelErrors(old.metadata.labels) : [];
  const textOf = (list: readonly FieldError[]) => list.map(({ field, message }) => `${field}: ${message}`).join();
  if (textOf(before) !== textOf(errors)) throw invalid('', 'Namespace', namespace.metadata.name, errors);
}

function isSignificantUpdate(pod: Pod, old: Pod): boolean {
  const imagesOf = ({ spec }: Pod) =>
    [...(spec.containers ?? []), ...(spec.initContainers ?? []), ...(spec.ephemeralContainers ?? [])].map(
      ({ name, image }) => `${name}=${image}`,
    );
  return imagesOf(pod).join() !== imagesOf(old).join();
}

function validatePod(pod: Pod, old: Pod | undefined, request: RequestContext): void {
  const labels = request.find('Namespace', undefined, pod.metadata.namespace as string)?.metadata.labels;
  const level = labels?.[`${PREFIX}enforce`];
  if (level === undefined || level === 'privileged') return;
  if (old && !isSignificantUpdate(pod, old)) return;
  const wanted = LEVELS.includes(level) ? level : 'restricted';
  const violations = violationsOf(pod, wanted === 'baseline' ? baselineChecks : restrictedChecks);
  if (violations.length === 0) return;
  const version = labels?.[`${PREFIX}enforce-version`] ?? 'latest';
  throw refuseNamed(pod, `violates PodSecurity "${wanted}:${version}": ${violations.join(', ')}`);
}

function violationsOf(pod: Pod, checks: readonly SecurityCheck[]): string[] {
  return checks.flatMap((check) => {
    const violation = check(pod.spec);
    if (!violation) return [];
    return [violation.detail ? `${violation.reason} (${violation.detail})` : violation.reason];
  });
}
