/** JSONPath templates as kubectl prints them. Follows cli-runtime/pkg/printers/jsonpath.go. */
import { goJson, goSyntax } from '../../engine/api/go-text';
import { findJsonPath as find, PathError } from '../../engine/api/json-path/json-path';
import { parseTemplate, TemplateError } from '../../engine/api/json-path/parser';
import type { FindJsonPath } from '../command';
import { KubectlError } from '../errors';

/** The values that a template finds, one list per text and `{expression}`. */
export const findJsonPath: FindJsonPath = (template, value) => {
  try {
    return find(template, value);
  } catch (error) {
    if (error instanceof PathError || error instanceof TemplateError) throw new KubectlError(error.message);
    throw error;
  }
};

function textOf(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  return typeof value === 'object' ? goJson(value) : String(value);
}

function checkTemplate(template: string): void {
  try {
    parseTemplate(template);
  } catch (error) {
    throw new KubectlError(`error parsing jsonpath ${template}, ${(error as Error).message}`);
  }
}

/** `-o jsonpath` and `-o jsonpath-as-json`. */
export function renderJsonPath(template: string, value: unknown, asJson: boolean, isStrict = false): string {
  if (template === '') throw new KubectlError('template format specified but no template given');
  checkTemplate(template);
  try {
    const found = find(template, value, isStrict);
    return found.map((values) => (asJson ? `${goJson(values, '    ')}\n` : values.map(textOf).join(' '))).join('');
  } catch (error) {
    if (!(error instanceof PathError)) throw error;
    throw new KubectlError(
      `error executing jsonpath ${JSON.stringify(template)}: Error executing template: ${error.message}. ` +
        'Printing more information for debugging the template:\n' +
        `\ttemplate was:\n\t\t${template}\n\tobject given to jsonpath engine was:\n\t\t${goSyntax(value)}\n\n\n`,
      { dumps: true },
    );
  }
}
