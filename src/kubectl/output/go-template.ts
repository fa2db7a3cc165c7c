/** `-o go-template`: fills in a Go template. Follows cli-runtime/pkg/printers/template.go. */
import { goJson } from '../../engine/api/go-text';
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

/** The template filled in. Throws KubectlError; what was written before goes to standard output, and what helps to find the mistake. */
export function renderGoTemplate(template: string, value: unknown, isStrict = false): string {
  if (template === '') throw new KubectlError('template format specified but no template given');
  const read = parsed(template);
  try {
    return execute(read, value, isStrict);
  } catch (error) {
    if (!(error instanceof TemplateFailure)) throw error;
    const stdout =
      `${error.output}Error executing template: ${error.message}. Printing more information for debugging the template:\n` +
      `\ttemplate was:\n\t\t${template}\n\traw data was:\n\t\t${goJson(value)}\n\tobject given to template engine was:\n\t\t${printed(value)}\n\n`;
    throw new KubectlError(`error executing template ${JSON.stringify(template)}: ${error.message}`, {
      stdout,
      dumps: true,
    });
  }
}
