/**
 * Which level of the pod security standards a namespace's labels ask for, per mode.
 * Follows staging/src/k8s.io/pod-security-admission/api/helpers.go. Audit is left out: there is no audit log.
 */
import type { FieldError } from '../../api/field-error';
import type { PodSpec } from '../../api/types';
import type { Violation } from './pod-security-check';
import { baselineChecks, restrictedChecks } from './pod-security-checks';

const PREFIX = 'pod-security.kubernetes.io/';
const MODES = ['enforce', 'audit', 'warn'] as const;
const LEVELS: readonly string[] = ['privileged', 'baseline', 'restricted'];
const VERSION = /^v1\.(0|[1-9][0-9]*)$/;

/** The labels of a namespace. */
export type Labels = Readonly<Record<string, string>> | undefined;

/** What is looked at: a Pod or a template. */
export interface SecuredPod {
  readonly metadata?: { readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: PodSpec;
}

/** A level of a version of the standards. */
export interface LevelVersion {
  readonly level: string;
  readonly version: string;
}

const PRIVILEGED: LevelVersion = { level: 'privileged', version: 'latest' };

/** What is wrong with the labels. */
export function labelErrors(labels: Labels): FieldError[] {
  const errors: FieldError[] = [];
  const check = (label: string, isValid: (value: string) => boolean, why: string) => {
    const value = labels?.[PREFIX + label];
    if (value === undefined || isValid(value)) return;
    const message = `Invalid value: "${value}": ${why}`;
    errors.push({ type: 'FieldValueInvalid', field: `metadata.labels[${PREFIX}${label}]`, message });
  };
  for (const mode of MODES) {
    check(mode, (value) => LEVELS.includes(value), `must be one of ${LEVELS.join(', ')}`);
    check(`${mode}-version`, isVersion, 'must be "latest" or "v1.x"');
  }
  return errors;
}

const isVersion = (text: string): boolean => text === 'latest' || VERSION.test(text);

/** What Pods are held to, and what is only warned of: by default the same, when that is stricter than nothing. */
export function policyOf(labels: Labels): { readonly enforce: LevelVersion; readonly warn: LevelVersion } {
  const levelOf = (mode: string, ifUnknown: string): string | undefined => {
    const level = labels?.[PREFIX + mode];
    return level === undefined || LEVELS.includes(level) ? level : ifUnknown;
  };
  const versionOf = (mode: string): string | undefined => {
    const version = labels?.[`${PREFIX}${mode}-version`];
    return version === undefined || isVersion(version) ? version : 'latest';
  };
  const enforced = levelOf('enforce', 'restricted');
  const enforce = { level: enforced ?? PRIVILEGED.level, version: versionOf('enforce') ?? PRIVILEGED.version };
  const warned = levelOf('warn', 'privileged');
  const isGiven = enforced !== undefined && LEVELS.includes(labels?.[`${PREFIX}enforce`] ?? '');
  const asEnforced = warned === undefined && isGiven && enforced !== 'privileged';
  const version = versionOf('warn') ?? (asEnforced ? enforce.version : PRIVILEGED.version);
  return { enforce, warn: { level: warned ?? (asEnforced ? enforce.level : PRIVILEGED.level), version } };
}

/** Whether the first level is stricter than the second. */
export function isStricter({ level }: LevelVersion, than: LevelVersion): boolean {
  return LEVELS.indexOf(level) > LEVELS.indexOf(than.level);
}

/** `restricted:latest`. */
export function levelText({ level, version }: LevelVersion): string {
  return `${level}:${version}`;
}

/** In which ways a Pod, or the one a template describes, goes beyond a level. */
export function violationsOf({ metadata, spec }: SecuredPod, { level, version }: LevelVersion): readonly Violation[] {
  if (level === 'privileged') return [];
  const checks = level === 'baseline' ? baselineChecks : restrictedChecks;
  const minor = Number(VERSION.exec(version)?.[1] ?? Number.POSITIVE_INFINITY);
  return checks.flatMap((check) => check(spec, { annotations: metadata?.annotations ?? {}, minor }) ?? []);
}
