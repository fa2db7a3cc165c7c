/**
 * Taints, tolerations and spread constraints, one per line. Follows printTaintsMultilineWithIndent, printTolerationsMultilineWithIndent
 * and describeTopologySpreadConstraints in staging/src/k8s.io/kubectl/pkg/describe/describe.go.
 */
import { formatLabelSelector } from '../../engine/api/selector';
import type { Taint, Toleration, TopologySpreadConstraint } from '../../engine/api/types';
import { multiline } from './text';

function byKey<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  const keyed = items.map((item) => ({ item, key: keyOf(item) }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ item }) => item);
}

function tolerationText({ key = '', operator, value = '', effect = '', tolerationSeconds }: Toleration): string {
  const what = `${key}${value ? `=${value}` : ''}${effect ? `:${effect}` : ''}`;
  const exists = operator === 'Exists' && value === '' ? `${what === '' ? '' : ' '}op=Exists` : '';
  return `${what}${exists}${tolerationSeconds === undefined ? '' : ` for ${tolerationSeconds}s`}`;
}

/** `Tolerations:` in order of key. */
export function tolerationLines(title: string, tolerations: readonly Toleration[] | undefined): string {
  return multiline(title, byKey(tolerations ?? [], ({ key = '' }) => key).map(tolerationText));
}

function taintText({ key, value, effect }: Taint): string {
  if (!effect) return value ? `${key}=${value}:` : key;
  return value ? `${key}=${value}:${effect}` : `${key}:${effect}`;
}

/** `Taints:` in order of effect and key. */
export function taintLines(taints: readonly Taint[] | undefined): string {
  return multiline('Taints', byKey(taints ?? [], ({ effect, key }) => `${effect},${key}`).map(taintText));
}

function constraintText({ topologyKey, whenUnsatisfiable, maxSkew, labelSelector }: TopologySpreadConstraint): string {
  const selector = labelSelector ? ` for selector ${formatLabelSelector(labelSelector)}` : '';
  return `${topologyKey}:${whenUnsatisfiable} when max skew ${maxSkew} is exceeded${selector}`;
}

/** `Topology Spread Constraints:` in order of key; '' without any. */
export function spreadLines(constraints: readonly TopologySpreadConstraint[] | undefined, indent: string): string {
  if (!constraints?.length) return '';
  const texts = byKey(constraints, ({ topologyKey }) => topologyKey).map(constraintText);
  return `${indent}Topology Spread Constraints:\t${texts.join(`\n${indent}\t`)}\n`;
}
