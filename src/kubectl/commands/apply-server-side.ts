/**
 * kubectl apply --server-side: sends the configuration to the API server, and lets it own what client-side applies had owned.
 * Follows applyOneObject and migrateToSSAIfNecessary in staging/src/k8s.io/kubectl/pkg/cmd/apply/apply.go and
 * client-go/util/csaupgrade/upgrade.go.
 */
import { fieldsOf, setOf, union } from '../../engine/api/managed-fields/field-set';
import type { ManagedFieldsEntry } from '../../engine/api/managed-fields/managers';
import type { KubeObject } from '../../engine/api/meta';
import type { Call } from '../command';
import { type DryRun, validatedWrite } from '../dry-run';
import { asCommandError, isRefusal, KubectlError } from '../errors';
import { fieldManagerOf, LAST_APPLIED_MANAGER, withoutManagedFields } from '../field-owner';
import { LAST_APPLIED } from '../last-applied';
import type { Info } from '../selection';

const ADVICE = `Please review the fields above--they currently have other managers. Here
are the ways you can resolve this warning:
* If you intend to manage all of these fields, please re-run the apply
  command with the \`--force-conflicts\` flag.
* If you do not intend to manage all of the fields, please edit your
  manifest to remove references to the fields that should keep their
  current managers.
* You may co-own fields by updating your manifest to match the existing
  value; in this case, you'll become the manager if the other manager(s)
  stop managing the field (remove it from their configuration).
See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts`;

const ANNOTATION_PATH = `f:metadata\nf:annotations\nf:${LAST_APPLIED}`;

/** Says that what was changed is on its way out. */
export function warnIfDeleting(call: Call, { metadata }: KubeObject): void {
  if (!metadata.deletionTimestamp) return;
  call.err(`Warning: Detected changes to resource ${metadata.name} which is currently being deleted.\n`);
}

/** Applies one object and returns it as it is then. What fails after that is only warned of: the next apply tries it again. */
export function applyOnServer(call: Call, info: Info, dryRun: DryRun): KubeObject {
  const send = () => patchWith(call, info, dryRun, info.object as KubeObject);
  const manager = fieldManagerOf(call.command, call.flags);
  let object = send();
  const attempt = (failure: string, next: () => KubeObject): boolean => {
    try {
      object = next();
      return true;
    } catch (error) {
      const why = `This is non-fatal and will be retried next time you apply. Error: ${asCommandError(error).message}`;
      call.err(`Warning: ${failure}. ${why}\n`);
      return false;
    }
  };
  const keep = () => (manager === 'kubectl' ? withAnnotationKept(call, info, dryRun, object) : object);
  const migration = () => migratedEntries(object, manager);
  if (
    attempt(`failed to migrate ${LAST_APPLIED} for Server-Side Apply`, keep) &&
    migration() &&
    attempt('server rejected managed fields migration to Server-Side Apply', () =>
      migrated(call, info, dryRun, object.metadata, migration()),
    )
  ) {
    attempt('failed to re-apply configuration after performing Server-Side Apply migration', send);
  }
  warnIfDeleting(call, object);
  return call.flags.bool('show-managed-fields') ? object : withoutManagedFields(object);
}

function migrated(
  call: Call,
  info: Info,
  dryRun: DryRun,
  { resourceVersion }: KubeObject['metadata'],
  entries: unknown,
): KubeObject {
  const body = [
    { op: 'replace', path: '/metadata/managedFields', value: entries },
    { op: 'replace', path: '/metadata/resourceVersion', value: resourceVersion },
  ];
  const options = validatedWrite(call, dryRun);
  return call.io.client.patch(info.mapping.id, info.namespace, info.name, { type: 'json', body }, options);
}

function patchWith(call: Call, info: Info, dryRun: DryRun, body: KubeObject): KubeObject {
  const options = { ...validatedWrite(call, dryRun), force: call.flags.bool('force-conflicts') };
  try {
    return call.io.client.patch(info.mapping.id, info.namespace, info.name, { type: 'apply', body }, options);
  } catch (error) {
    if (!isRefusal(error, 'Conflict')) throw error;
    throw new KubectlError(`${error.message}\n${ADVICE}`);
  }
}

const entriesIn = (object: KubeObject): readonly ManagedFieldsEntry[] =>
  (object.metadata as { managedFields?: readonly ManagedFieldsEntry[] }).managedFields ?? [];

/** Names of the managers that own the annotation of client-side applies. */
function ownersOfAnnotation(object: KubeObject, operation: string): string[] {
  const owns = ({ fieldsV1, ...entry }: ManagedFieldsEntry): boolean =>
    entry.operation === operation && !entry.subresource && setOf(fieldsV1).has(ANNOTATION_PATH);
  return entriesIn(object)
    .filter(owns)
    .map(({ manager = '' }) => manager);
}

/** Applies the annotation under a name of its own, so that it stays when its old owner goes. */
function withAnnotationKept(call: Call, info: Info, dryRun: DryRun, object: KubeObject): KubeObject {
  const text = object.metadata.annotations?.[LAST_APPLIED];
  if (text === undefined || ownersOfAnnotation(object, 'Apply').length > 0) return object;
  const { apiVersion, kind } = object;
  const { name, namespace } = object.metadata;
  const metadata = { name, ...(namespace ? { namespace } : {}), annotations: { [LAST_APPLIED]: text } };
  const client = call.io.client.acting({ fieldManager: LAST_APPLIED_MANAGER });
  const body = { apiVersion, kind, metadata };
  return client.patch(
    info.mapping.id,
    info.namespace,
    info.name,
    { type: 'apply', body },
    validatedWrite(call, dryRun),
  );
}

/** managedFields in which the managers of client-side applies have become the one that applies now; undefined when there are none. */
function migratedEntries(object: KubeObject, manager: string): readonly ManagedFieldsEntry[] | undefined {
  const old = new Set(ownersOfAnnotation(object, 'Update'));
  if (old.size === 0) return undefined;
  const isOld = (entry: ManagedFieldsEntry): boolean =>
    entry.operation === 'Update' && !entry.subresource && old.has(entry.manager ?? '');
  const entries = entriesIn(object);
  const target =
    entries.find((entry) => entry.manager === manager && entry.operation === 'Apply' && !entry.subresource) ??
    (entries.find(isOld) as ManagedFieldsEntry);
  const further = entries.filter((entry) => isOld(entry) && entry.apiVersion === target.apiVersion);
  const fields = further.reduce((set, entry) => union(set, setOf(entry.fieldsV1)), setOf(target.fieldsV1));
  const migrated = { ...target, manager, operation: 'Apply', fieldsV1: fieldsOf(fields) };
  return entries.flatMap((entry) => (entry === target ? [migrated] : isOld(entry) ? [] : [entry]));
}
