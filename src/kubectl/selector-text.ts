/** The selector that an object gets from a text. Follows ParseToLabelSelector in apimachinery/pkg/apis/meta/v1/helpers.go. */
import type { LabelOperator, LabelRequirement } from '../engine/api/label-requirement';
import { putIn } from '../engine/api/plain';
import { parseLabelSelector } from '../engine/api/selector-parser';
import { KubectlError } from './errors';

/** The labels that a selector asks for, and what it asks besides. */
export interface WantedSelector {
  readonly labels: Readonly<Record<string, string>>;
  readonly expressions: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values: readonly string[];
  }[];
}

const OPERATORS: Partial<Record<LabelOperator, string>> = {
  in: 'In',
  notin: 'NotIn',
  exists: 'Exists',
  '!': 'DoesNotExist',
};

/** Throws in upstream's words for what is no selector, and for operators that objects cannot have. */
export function selectorFrom(text: string): WantedSelector {
  let requirements: readonly LabelRequirement[];
  try {
    requirements = parseLabelSelector(text);
  } catch (error) {
    throw new KubectlError(
      `couldn't parse the selector string "${text}": ${error instanceof Error ? error.message : error}`,
    );
  }
  const labels: Record<string, string> = {};
  const expressions: { key: string; operator: string; values: readonly string[] }[] = [];
  for (const { key, operator, values } of requirements) {
    if (operator === '=' || operator === '==') putIn(labels, key, values[0] ?? '');
    else {
      const word = OPERATORS[operator];
      if (operator === 'gt' || operator === 'lt') {
        throw new KubectlError(`"${operator}" isn't supported in label selectors`);
      }
      if (!word) throw new KubectlError(`${JSON.stringify(operator)} is not a valid label selector operator`);
      expressions.push({ key, operator: word, values });
    }
  }
  return { labels, expressions };
}
