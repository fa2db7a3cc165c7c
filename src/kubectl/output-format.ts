/**
 * `-o`: which format, with which template, and what a changing command prints with and without it.
 * Follows cli-runtime/pkg/genericclioptions/print_flags.go and printers/name.go.
 */
import type { KubeObject } from '../engine/api/meta';
import type { Call } from './command';
import { type DryRun, dryRunSuffix } from './dry-run';
import { KubectlError } from './errors';
import { renderOutput } from './output/output';
import { typeName } from './rest-mapping';

/** A chosen output: `template` is what stands after the first `=`. */
export interface OutputFormat {
  readonly format: string;
  readonly template: string;
}

const PRINT_FORMATS = [
  'go-template',
  'go-template-file',
  'json',
  'jsonpath',
  'jsonpath-as-json',
  'jsonpath-file',
  'kyaml',
  'name',
  'template',
  'templatefile',
  'yaml',
];

/** The formats of `kubectl get`, in the order of its message (alphabetical). */
export const GET_FORMATS: readonly string[] = [
  ...PRINT_FORMATS,
  'custom-columns',
  'custom-columns-file',
  'wide',
].sort();

/** Reads `-o` (and `--template`); undefined when the command prints its own way. */
export function outputFormat(call: Call, allowed: readonly string[] = PRINT_FORMATS): OutputFormat | undefined {
  const text = call.flags.text('output');
  if (text === '') {
    const template = call.flags.text('template');
    return template === '' ? undefined : { format: 'go-template', template };
  }
  const equals = text.indexOf('=');
  const format = equals < 0 ? text : text.slice(0, equals);
  const known = allowed.includes(format) || allowed.includes(format.toLowerCase());
  if (!known) {
    throw new KubectlError(
      `unable to match a printer suitable for the output format ${JSON.stringify(text)}, ` +
        `allowed formats are: ${allowed.join(',')}`,
    );
  }
  return { format, template: equals < 0 ? call.flags.text('template') : text.slice(equals + 1) };
}

/** Prints what became of an object: `deployment.apps/web scaled`, or the object as `-o` asks. */
export function printResult(call: Call, object: KubeObject, operation: string, dryRun: DryRun = 'none'): void {
  const output = outputFormat(call);
  if (output && output.format !== 'name') {
    const text = renderOutput(output.format, output.template, [object], { asList: false });
    const separator = output.format === 'yaml' && call.hasOutput() ? '---\n' : '';
    call.out(separator + text);
    return;
  }
  const suffix = output ? '' : ` ${operation}${dryRunSuffix(dryRun)}`;
  call.out(`${typeName(object)}/${object.metadata.name}${suffix}\n`);
}
