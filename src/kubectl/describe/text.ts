/**
 * Pieces of text that several descriptions share: maps over several lines, times, the controller.
 * Follows the print functions of staging/src/k8s.io/kubectl/pkg/describe/describe.go. Tabs end columns; tab-writer.ts aligns them.
 */
import { controllerOf, type KubeObject } from '../../engine/api/meta';
import type { Clock, Reader } from '../command';
import { LAST_APPLIED } from '../last-applied';

/** Describes one kind: blocks of text, each aligned by itself, in order. */
export type Describer<T extends KubeObject = KubeObject> = (
  object: T,
  reader: Reader,
  clock: Clock,
) => readonly string[];

type Texts = Readonly<Record<string, string>> | undefined;

const MAX_ANNOTATION_LENGTH = 140;

/** A line `indent name:\tvalue`. */
export function field(name: string, value: string | number | boolean, level = 0): string {
  return `${'  '.repeat(level)}${name}:\t${value}\n`;
}

/** A line that is there only with a value. */
export function optionalField(name: string, value: string | number | undefined, level = 0): string {
  return value === undefined || value === '' ? '' : field(name, value, level);
}

/** One value per line, the first beside the title; `<none>` without values. */
export function multiline(title: string, values: readonly string[]): string {
  return `${title}:\t${values.join('\n\t') || '<none>'}\n`;
}

/** `title:` and the pairs `key=value` in key order. */
export function labelLines(title: string, labels: Texts): string {
  const keys = Object.keys(labels ?? {}).sort();
  return multiline(
    title,
    keys.map((key) => `${key}=${labels?.[key]}`),
  );
}

function shorten(text: string, maxLength: number): string {
  return text.length > maxLength ? `${text.slice(0, maxLength)}...` : text;
}

function annotationText(key: string, text: string): string {
  const value = text.endsWith('\n') ? text.slice(0, -1) : text;
  if (value.length + key.length + 2 <= MAX_ANNOTATION_LENGTH && !value.includes('\n')) return `${key}: ${value}`;
  const lines = value.split('\n').map((line) => `\t  ${shorten(line, MAX_ANNOTATION_LENGTH - 2)}`);
  return `${key}:\n${lines.join('\n')}`;
}

/** `title:` and the annotations in key order, long ones shortened; what apply remembers is left out. */
export function annotationLines(title: string, annotations: Texts): string {
  const keys = Object.keys(annotations ?? {}).filter((key) => key !== LAST_APPLIED);
  return multiline(
    title,
    keys.sort().map((key) => annotationText(key, annotations?.[key] ?? '')),
  );
}

/** Name, namespace, labels and annotations, as most descriptions begin. */
export function metadataLines({ metadata }: KubeObject): string {
  return (
    field('Name', metadata.name) +
    field('Namespace', metadata.namespace ?? '') +
    labelLines('Labels', metadata.labels) +
    annotationLines('Annotations', metadata.annotations)
  );
}

/** `Kind/name` of the controller, or '' without one. */
export function controllerText(object: KubeObject): string {
  const controller = controllerOf(object);
  return controller ? `${controller.kind}/${controller.name}` : '';
}

/** A time as describe prints it: `Thu, 01 Jan 2026 00:00:00 +0000`. */
export function timeText(timestamp: string | null | undefined): string {
  if (!timestamp) return 'Mon, 01 Jan 0001 00:00:00 +0000';
  return new Date(timestamp).toUTCString().replace('GMT', '+0000');
}

/** `True` or `False`. */
export function boolText(value: boolean | undefined): string {
  return value ? 'True' : 'False';
}

/** `Conditions:` with type, status and reason, as workloads show them; '' without conditions. */
export function conditionLines(
  conditions: readonly { readonly type: string; readonly status: string; readonly reason?: string }[] | undefined,
): string {
  if (!conditions?.length) return '';
  const rows = conditions.map(({ type, status, reason = '' }) => `  ${type} \t${status}\t${reason}\n`);
  return `Conditions:\n  Type\tStatus\tReason\n  ----\t------\t------\n${rows.join('')}`;
}
