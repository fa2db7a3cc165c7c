/** What the checks of the Pod security standards have in common: what they look at, and how they name containers. */
import { allContainers } from '../../api/pod';
import type { Container, PodSpec, SecurityContext } from '../../api/types';

/** What a Pod does that it may not. */
export interface Violation {
  readonly reason: string;
  readonly detail: string;
}

/** What a check looks at besides the spec: the Pod's (or its template's) annotations, and the minor version that is asked for. */
export interface CheckedPod {
  readonly annotations: Readonly<Record<string, string>>;
  readonly minor: number;
}

/** One check: undefined when the Pod passes. */
export type SecurityCheck = (spec: PodSpec, pod: CheckedPod) => Violation | undefined;

/** The names of the containers that match. */
export function namesWhere(
  spec: PodSpec,
  matches: (context: SecurityContext, container: Container) => boolean,
): string[] {
  const found = allContainers(spec).filter((container) => matches(container.securityContext ?? {}, container));
  return found.map(({ name }) => name);
}

/** `"a", "b"`. */
export const quoted = (values: readonly string[]) => values.map((value) => `"${value}"`).join(', ');
/** Each value once, in order. */
export const sorted = (values: Iterable<string>) => [...new Set(values)].sort((a, b) => (a < b ? -1 : 1));
/** One word or the other. */
export const plural = (word: string, words: string, count: number) => (count === 1 ? word : words);
/** `containers "a", "b"`. */
export const containers = (names: readonly string[]) =>
  `${plural('container', 'containers', names.length)} ${quoted(names)}`;
/** Whether the Pod says that it is one of Windows. */
export const isWindows = (spec: PodSpec) => spec.os?.name === 'windows';

/** `pod and containers "a", "b"`: who set something that is forbidden. */
export function setters(podDoes: boolean, names: readonly string[]): string {
  return [...(podDoes ? ['pod'] : []), ...(names.length > 0 ? [containers(names)] : [])].join(' and ');
}
