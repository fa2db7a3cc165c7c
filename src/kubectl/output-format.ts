/**
 * `-o`: which format, with which template, and what a changing command prints with and without it.
 * Follows cli-runtime/pkg/genericclioptions/print_flags.go and printers/name.go.
 */
import type { KubeObject } from '../engine/api/meta';
import type { Call } from './command';
import { type DryRun, dryRunOf, dryRunSuffix } from './dry-run';
import { KubectlError } from './errors';
import { renderOutput } from './output/output';
import { typedJson } from './output/typed-json';
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

/** Formats that say after an equals sign how. */
const WITH_TEMPLATE = /^(?:custom-columns|go-template|jsonpath|template)/;

/** Reads `-o` (and `--template`); undefined when the command prints its own way. */
export function outputFormat(call: Call, allowed: readonly string[] = PRINT_FORMATS): OutputFormat | undefined {
  const text = call.flags.text('output');
  if (text === '') {
    const template = call.flags.text('template');
    return template === '' ? undefined : { format: 'go-template', template };
  }
  const named = text.split('=', 1)[0] as string;
  const equals = WITH_TEMPLATE.test(named) ? text.indexOf('=') : -1;
  const format = equals < 0 ? text : named;
  const known = allowed.includes(format) || allowed.includes(format.toLowerCase());
  if (!known) {
    throw new KubectlError(
      `unable to match a printer suitable for the output format ${JSON.stringify(text)}, ` +
        `allowed formats are: ${allowed.join(',')}`,
    );
  }
  const template = equals < 0 ? call.flags.text('template') : text.slice(equals + 1);
  const inline = FROM_FILES.get(format);
  return inline ? { format: inline, template: templateIn(call, format, template) } : { format, template };
}

/** Commands that look at `-o` before they do anything; the others find out when they print. */
const LOOKING_FIRST = /^(?:annotate|create|expose|replace|run|scale|set|wait)\b/;

/** Throws for a format that a command could not print in, if it looks before it writes. */
export function refuseBadOutput(call: Call): void {
  if (LOOKING_FIRST.test(call.command.path)) outputFormat(call);
}

/** Whether templates fail at fields that are not there. */
export const strictKeysOf = (call: Call): boolean => !call.flags.bool('allow-missing-template-keys');

/** Formats whose template stands in a file, and those that it is one of. */
const FROM_FILES: ReadonlyMap<string, string> = new Map([
  ['custom-columns-file', 'custom-columns'],
  ['go-template-file', 'go-template'],
  ['jsonpath-file', 'jsonpath'],
  ['templatefile', 'go-template'],
]);

function templateIn(call: Call, format: string, path: string): string {
  const ofColumns = format === 'custom-columns-file';
  if (path === '') {
    throw new KubectlError(
      `${ofColumns ? 'custom-columns' : 'template'} format specified but no ${ofColumns ? 'custom columns' : 'template'} given`,
    );
  }
  const text = call.io.files.read(path);
  const what = ofColumns ? 'template' : '--template';
  if (text === undefined)
    throw new KubectlError(`error reading ${what} ${path}, open ${path}: no such file or directory`);
  return ofColumns ? columnsOf(text) : text;
}

/** Headers in the first line and paths in the second, as HEADER:path pairs. */
function columnsOf(text: string): string {
  const [headers = [], paths = []] = text.split('\n').map((line) => line.split(/\s+/).filter(Boolean));
  if (headers.length !== paths.length) {
    throw new KubectlError(
      `number of headers (${headers.length}) and field specifications (${paths.length}) don't match`,
    );
  }
  return headers.map((header, at) => `${header}:${paths[at]}`).join(',');
}

/** Commands that hold objects as Go's types, whose order of fields JSON shows; in the others it is that of their names. */
const TYPED = /^(?:auth|autoscale|create \w+|expose|rollout|run|set|taint)\b/;

const isTyped = (call: Call): boolean =>
  TYPED.test(call.command.path) && !(call.command.path === 'taint' && dryRunOf(call) === 'client');

/** Prints what became of an object: `deployment.apps/web scaled`, or the object as `-o` asks. */
export function printResult(call: Call, object: KubeObject, operation: string, dryRun: DryRun = 'none'): void {
  const output = outputFormat(call);
  if (output && output.format !== 'name') {
    const text =
      output.format === 'json' && isTyped(call)
        ? typedJson(object)
        : renderOutput(output.format, output.template, [object], { asList: false, strictKeys: strictKeysOf(call) });
    const separator = output.format === 'yaml' && call.hasOutput() ? '---\n' : '';
    call.out(separator + text);
    return;
  }
  const suffix = output ? '' : ` ${operation}${dryRunSuffix(dryRun)}`;
  call.out(`${typeName(object)}/${object.metadata?.name || '<unknown>'}${suffix}\n`);
}
