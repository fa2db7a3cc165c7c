/**
 * kubectl create: from manifests, and what its generators share.
 * Follows staging/src/k8s.io/kubectl/pkg/cmd/create/create.go.
 */
import type { KubeObject } from '../../engine/api/meta';
import { findResource } from '../../engine/api/scheme';
import type { Call, Command, Flag, Turn } from '../command';
import { dryRunOf, fieldValidationOf, validatedWrite } from '../dry-run';
import { asCommandError, KubectlError, usageError, withSource } from '../errors';
import { DRY_RUN, FIELD_MANAGER, FILENAME, flag, OUTPUT, RECORD, SAVE_CONFIG, SELECTOR, VALIDATE } from '../flag-sets';
import { matchingSelector } from '../label-filter';
import { withLastApplied, withoutVersion } from '../last-applied';
import { printResult } from '../output-format';
import { writeRaw } from '../raw-write';
import { recorded } from '../record';
import { type Info, namespaceOf, select, visit } from '../selection';

/** Flags of every `kubectl create KIND`. */
export const CREATE_FLAGS: readonly Flag[] = [...OUTPUT, ...SAVE_CONFIG, ...VALIDATE, ...DRY_RUN, ...FIELD_MANAGER];

/** Commands that refuse an empty name themselves; the others leave that to the server. */
const ASKING_FOR_NAME =
  /^create (?:clusterrole|configmap|namespace|poddisruptionbudget|quota|role|rolebinding|secret (?:generic|docker-registry)|serviceaccount)$/;

/** The one NAME of `kubectl create KIND NAME`. */
export function nameArgument(call: Call): string {
  if (call.argsBeforeDash !== 1) {
    throw usageError(call.command.path, `exactly one NAME is required, got ${call.argsBeforeDash}`);
  }
  const name = call.args[0] as string;
  if (name === '' && ASKING_FOR_NAME.test(call.command.path)) throw new KubectlError('name must be specified');
  return name;
}

/** Makes a generated object, unless it is a dry run of the client, and prints it. `failure` stands before a refusal. */
export function createGenerated(call: Call, generated: KubeObject, failure?: string): void {
  const dryRun = dryRunOf(call);
  const namespaced = findResource(generated.kind)?.namespaced ?? false;
  const namespace = namespaced ? (dryRun === 'client' ? call.flags.text('namespace') : namespaceOf(call)) : '';
  const named = namespace ? { ...generated, metadata: { ...generated.metadata, namespace } } : generated;
  const object = call.flags.bool('save-config') ? withLastApplied(named) : named;
  if (dryRun === 'client') {
    printResult(call, object, 'created', dryRun);
    return;
  }
  let created: KubeObject;
  try {
    created = call.io.client.create(withoutVersion(object), validatedWrite(call, dryRun));
  } catch (error) {
    const refused = asCommandError(error);
    throw failure ? new KubectlError(`${failure}${refused.message}`) : refused;
  }
  printResult(call, created, 'created', dryRun);
}

function createOne(call: Call, info: Info): void {
  const dryRun = dryRunOf(call);
  const given = info.object as KubeObject;
  const object = recorded(call, call.flags.bool('save-config') ? withLastApplied(given) : given);
  if (dryRun === 'client') {
    printResult(call, object, 'created', dryRun);
    return;
  }
  let created: KubeObject;
  try {
    created = call.io.client.create(withoutVersion(object), validatedWrite(call, dryRun));
  } catch (error) {
    throw withSource('creating', info.source, asCommandError(error));
  }
  printResult(call, created, 'created', dryRun);
}

function run(call: Call): Turn {
  if (call.args.length > 0) throw usageError('create', `Unexpected args: [${call.args.join(' ')}]`);
  if (call.flags.list('filename').length === 0) throw new KubectlError('must specify one of -f and -k');
  if (writeRaw(call, 'POST')) return undefined;
  if (call.flags.bool('edit'))
    throw new KubectlError('nothing was created', { note: 'kubestep: there is no editor here' });
  fieldValidationOf(call);
  const selection = select(call, { files: true, continueOnError: true });
  const matching = matchingSelector(call.flags.text('selector'));
  const entries = selection.entries.filter((entry) => 'error' in entry || matching(entry.info));
  visit({ ...selection, entries }, (info) => createOne(call, info));
  if (entries.length === 0) throw new KubectlError('no objects passed to create');
  return undefined;
}

/** kubectl create -f. */
export const create: Command = {
  path: 'create',
  use: 'create -f FILENAME',
  flags: [
    ...FILENAME,
    ...SELECTOR,
    ...RECORD,
    ...CREATE_FLAGS,
    flag.bool('edit'),
    flag.text('raw'),
    flag.harmless(flag.bool('windows-line-endings'), 'it belongs to --edit, which is refused'),
  ],
  run,
};
