/** kubectl apply view-last-applied. Follows staging/src/k8s.io/kubectl/pkg/cmd/apply/apply_view_last_applied.go. */
import type { KubeObject } from '../../engine/api/meta';
import type { Call, Command, Turn } from '../command';
import { KubectlError, usageError } from '../errors';
import { FILENAME, flag, SELECTOR } from '../flag-sets';
import { lastApplied, lastAppliedText } from '../last-applied';
import { renderOutput } from '../output/output';
import { select, standardQuery, visit } from '../selection';

function run(call: Call): Turn {
  const format = call.flags.text('output');
  const query = { ...standardQuery(call, call.args, call.flags.given('namespace')), selectAll: call.flags.bool('all') };
  const selection = select(call, { ...query, latest: true, nameless: true });
  const found: KubeObject[] = [];
  visit(
    selection,
    ({ object, name, source }) => {
      const text = object && lastAppliedText(object);
      if (text === undefined) {
        if (source === undefined) return;
        // Go wraps an error that there is not.
        const what = `no last-applied-configuration annotation found on resource: ${name}\n`;
        throw new KubectlError(`error when ${what} ${JSON.stringify(source)}: <nil>`);
      }
      found.push(lastApplied(object as KubeObject) as KubeObject);
    },
    { stopAtFirst: true },
  );
  if (format !== 'yaml' && format !== 'json') {
    const problem = `Unexpected -o output mode: ${format}, the flag 'output' must be one of yaml|json`;
    throw usageError('apply view-last-applied', problem);
  }
  for (const object of found) {
    if (format === 'json') call.out(`${JSON.stringify(object, undefined, 2)}\n`);
    else call.out(renderOutput('yaml', '', [object], { asList: false, verbatim: true }));
  }
  return undefined;
}

/** kubectl apply view-last-applied. */
export const viewLastApplied: Command = {
  path: 'apply view-last-applied',
  reads: true,
  use: 'apply view-last-applied (TYPE [NAME | -l label] | TYPE/NAME | -f FILENAME)',
  flags: [...FILENAME, ...SELECTOR, flag.bool('all'), { name: 'output', short: 'o', type: 'string', default: 'yaml' }],
  run,
};
