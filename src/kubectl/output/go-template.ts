/** `-o go-template`: fills in a Go template. Follows cli-runtime/pkg/printers/template.go. */
import { goJson, isJsonObject } from '../../engine/api/go-text';
import { KubectlError } from '../errors';
import { execute, placeIn, TemplateFailure } from './template/execute';
import { FUNCTION_NAMES } from './template/functions';
import type { ParsedTemplate } from './template/nodes';
import { parseGoTemplate } from './template/parser';
import { TemplateProblem } from './template/pipelines';
import { printed } from './template/values';

function parsed(template: string): ParsedTemplate {
  try {
    return parseGoTemplate(template, FUNCTION_NAMES);
  } catch (error) {
    if (!(error instanceof TemplateProblem)) throw error;
    const line = placeIn(template, error.pos).split(':')[1];
    throw new KubectlError(`error parsing template ${template}, template: output:${line}: ${error.message}`);
  }
}

/** What a template is given: a whole number is one (apimachinery/pkg/util/json), where JSON alone would make a float of it. */
function given(value: unknown): unknown {
  if (Number.isSafeInteger(value)) return BigInt(value as number);
  if (Array.isArray(value)) return value.map(given);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, given(item)]));
}

/** The template filled in. Throws KubectlError; what was written before goes to standard output, and what helps to find the mistake. */
export function renderGoTemplate(template: string, value: unknown, isStrict = false): string {
  if (template === '') throw new KubectlError('template format specified but no template given');
  const read = parsed(template);
  const data = given(value);
  try {
    return execute(read, data, isStrict);
  } catch (error) {
    if (!(error instanceof TemplateFailure)) throw error;
    const stdout =
      `${error.output}Error executing template: ${error.message}. Printing more information for debugging the template:\n` +
      `\ttemplate was:\n\t\t${template}\n\traw data was:\n\t\t${goJson(value)}\n\tobject given to template engine was:\n\t\t${printed(data)}\n\n`;
    throw new KubectlError(`error executing template ${JSON.stringify(template)}: ${error.message}`, {
      stdout,
      dumps: true,
    });
  }
}
