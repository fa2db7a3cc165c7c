/**
 * Which taints a toleration tolerates.
 * Follows api/core/v1/toleration.go and component-helpers/scheduling/corev1/helpers.go. The Lt and Gt operators are
 * behind a feature gate that is off by default, so they tolerate nothing.
 */
import type { Taint, Toleration } from './types';

/** A taint in one word: `key=value:effect`, `key:effect`. */
export const taintText = ({ key, value, effect }: Taint): string => `${key}${value ? `=${value}` : ''}:${effect}`;

/** Whether the toleration tolerates the taint. */
export function toleratesTaint(toleration: Toleration, taint: Taint): boolean {
  if (toleration.effect && toleration.effect !== taint.effect) return false;
  if (toleration.key && toleration.key !== taint.key) return false;
  if (!toleration.operator || toleration.operator === 'Equal') return (toleration.value ?? '') === (taint.value ?? '');
  return toleration.operator === 'Exists';
}

/** Whether any of the tolerations tolerates the taint. */
export function tolerationsTolerateTaint(tolerations: readonly Toleration[] | undefined, taint: Taint): boolean {
  return tolerations?.some((toleration) => toleratesTaint(toleration, taint)) ?? false;
}

/** The first taint, among those that matter, that no toleration tolerates. */
export function findUntoleratedTaint(
  taints: readonly Taint[] | undefined,
  tolerations: readonly Toleration[] | undefined,
  matters: (taint: Taint) => boolean = () => true,
): Taint | undefined {
  return taints?.find((taint) => matters(taint) && !tolerationsTolerateTaint(tolerations, taint));
}
