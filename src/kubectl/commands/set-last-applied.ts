/**
 * kubectl apply set-last-applied: the annotation of what was last applied becomes what a file holds.
 * Follows staging/src/k8s.io/kubectl/pkg/cmd/apply/apply_set_last_applied.go and GetApplyPatch in pkg/cmd/util/editor/editoptions.go.
 */
import { goJson } from '../../engine/api/go-text';
import { readJson } from '../../engine/api/json-text';
import type { KubeObject } from '../../engine/api/meta';
import { deepEqual } from '../../engine/api/plain';
import type { Call, Command, Turn } from '../command';
import { dryRunOf, writeOptions } from '../dry-run';
import { attempt, isRefusal, KubectlError } from '../errors';
import { DRY_RUN, FILENAME, flag, OUTPUT } from '../flag-sets';
import { LAST_APPLIED, lastAppliedText } from '../last-applied';
import { fetchedObject } from '../listing';
import { printResult } from '../output-format';
import { type Info, select, visit } from '../selection';
import { notRetrieved } from './apply';

/** An object, as it is, and what is to be told of it. */
interface Wanted {
  readonly info: Info;
  readonly live: KubeObject;
  readonly text: string;
}

function wantedOf(call: Call, info: Info): Wanted | undefined {
  const text = `${goJson(info.object)}\n`;
  const live = attempt(() => fetchedObject(call, info.mapping, info.namespace, info.name));
  if (live instanceof Error) throw isRefusal(live, 'NotFound') ? live : notRetrieved(info, live);
  const before = lastAppliedText(live);
  if (before === undefined && !call.flags.bool('create-annotation')) {
    const hint = 'to create the annotation, run the command with --create-annotation';
    throw new KubectlError(`no last-applied-configuration annotation found on resource: ${info.name}, ${hint}`);
  }
  if (before !== undefined && deepEqual(readJson(before).value, info.object)) {
    call.out(`set-last-applied ${info.name}: no changes required.\n`);
    return undefined;
  }
  return { info, live, text };
}

function run(call: Call): Turn {
  const dryRun = dryRunOf(call);
  const wanted: Wanted[] = [];
  visit(
    select(call, { files: true }),
    (info) => {
      const found = wantedOf(call, info);
      if (found) wanted.push(found);
    },
    { stopAtFirst: true },
  );
  for (const { info, live, text } of wanted) {
    const body = { metadata: { annotations: { [LAST_APPLIED]: text } } };
    const { client } = call.io;
    const patch = { type: 'merge', body } as const;
    const object =
      dryRun === 'client'
        ? live
        : client.patch(info.mapping.id, info.namespace, info.name, patch, writeOptions(dryRun));
    printResult(call, object, 'configured', dryRun);
  }
  return undefined;
}

/** kubectl apply set-last-applied. */
export const setLastApplied: Command = {
  path: 'apply set-last-applied',
  use: 'apply set-last-applied -f FILENAME',
  flags: [...FILENAME, ...OUTPUT, ...DRY_RUN, flag.bool('create-annotation')],
  run,
};
