/**
 * kubectl edit. There is no editor in the terminal: standard input stands for what would have been saved in one; without it the command says
 * how else to go about it. Follows staging/src/k8s.io/kubectl/pkg/cmd/util/editor/editoptions.go.
 */
import { goJson } from '../../engine/api/go-text';
import type { KubeObject } from '../../engine/api/meta';
import { twoWayStrategicPatch } from '../../engine/api/patch/three-way';
import { threeWayMergePatch } from '../../engine/api/patch/three-way-merge';
import { deepEqual } from '../../engine/api/plain';
import type { Call, Command, Turn } from '../command';
import { fieldValidationOf } from '../dry-run';
import { KubectlError, throwAll } from '../errors';
import { FIELD_MANAGER, FILENAME, flag, OUTPUT, RECORD, VALIDATE } from '../flag-sets';
import { printResult } from '../output-format';
import { recorded } from '../record';
import { type Info, select, settle, standardQuery } from '../selection';
import { parseManifests } from '../yaml';
import { subresourceOf } from './patch';

const HOW =
  'kubestep: there is no editor in the terminal. Change the manifest in the YAML editor of the page, or write the object to a file ' +
  '(kubectl get … -o yaml > web.yaml), change that and kubectl apply or replace -f it; kubectl patch and set change single fields.';

function edited(stdin: string): readonly KubeObject[] {
  const { documents, problems } = parseManifests(stdin, { lenient: true });
  if (problems[0]) throw new KubectlError(`The edited file had a syntax error: ${problems[0].message}`);
  return documents.map(({ object }) => object);
}

function save(call: Call, info: Info, edited: KubeObject): void {
  const wanted = recorded(call, edited);
  const live = info.object as KubeObject;
  const { id, schema } = info.mapping;
  const patch = schema ? threeWayMergePatch(live, wanted, live) : twoWayStrategicPatch(live, wanted);
  const body = JSON.parse(goJson(patch)) as object;
  const type = schema ? 'merge' : 'strategic';
  const options = { fieldValidation: fieldValidationOf(call), ...subresourceOf(call, info) };
  const saved = call.io.client.patch(id, info.namespace, info.name, { type, body }, options);
  printResult(call, saved, 'edited');
}

function run(call: Call): Turn {
  const { infos, errors } = settle(select(call, { ...standardQuery(call, call.args, true), latest: true }));
  throwAll(errors);
  const { stdin } = call.process;
  if (stdin === undefined) {
    call.err(`${HOW}\n`);
    return { code: 1, edits: infos.map(({ mapping: { kind }, namespace, name }) => ({ kind, namespace, name })) };
  }
  const wanted = edited(stdin);
  const pairs = infos.flatMap((info) => {
    const found = wanted.find(({ kind, metadata }) => kind === info.mapping.kind && metadata?.name === info.name);
    return found && !deepEqual(found, info.object) ? [{ info, found }] : [];
  });
  if (pairs.length === 0) call.err('Edit cancelled, no changes made.\n');
  for (const { info, found } of pairs) save(call, info, found);
  return undefined;
}

/** kubectl edit. */
export const edit: Command = {
  path: 'edit',
  use: 'edit (RESOURCE/NAME | -f FILENAME)',
  reads: (_flags, isGivenInput) => !isGivenInput,
  flags: [
    ...FILENAME,
    ...OUTPUT,
    ...RECORD,
    ...VALIDATE,
    ...FIELD_MANAGER,
    flag.harmless(flag.bool('output-patch'), 'it says more of what is sent, which is the same'),
    flag.harmless(flag.bool('windows-line-endings'), 'there is no editor'),
    flag.text('subresource'),
  ],
  run,
};
