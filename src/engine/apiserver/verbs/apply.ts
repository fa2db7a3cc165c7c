/**
 * PATCH with a configuration (server-side apply): merged into what is there by who manages what, or made.
 * Follows applyPatcher in apiserver/pkg/endpoints/handlers/patch.go and apimachinery/pkg/util/managedfields/internal
 * (structuredmerge.go, lastappliedmanager.go, lastappliedupdater.go).
 */
import { goJson } from '../../api/go-text';
import {
  type Applied,
  ApplyConflicts,
  afterApply,
  afterUpdate,
  type Conflict,
  conflictError,
  lastAppliedFields,
  type Managers,
  type Write,
  type Writer,
} from '../../api/managed-fields/managers';
import { configurationProblems } from '../../api/managed-fields/problems';
import { type KubeObject, keyOf } from '../../api/meta';
import { apiVersionOf } from '../../api/scheme';
import { badRequest, notFound, StatusError } from '../../api/status-error';
import { decodeBody } from '../decode-body';
import { type Exchange, findStored } from '../exchange';
import { emptyOf, managersOf, writeOf } from '../managed-fields';
import { matchRequest } from '../object-meta';
import { createFrom } from './create';
import { replaceObject, replaceStatus } from './update';

/** The manager whose applies go on where its client-side applies ended. */
const KUBECTL = 'kubectl';
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
const BEFORE: Pick<Writer, 'manager' | 'operation'> = { manager: 'before-first-apply', operation: 'Update' };

/** Applies the configuration of the body. Throws 409 for conflicts. */
export function applyObject(exchange: Exchange): KubeObject {
  const { request, info, host, managing, options } = exchange;
  const config = request.body as KubeObject;
  const writer: Writer = { ...managing.note.writer, operation: 'Apply' };
  const write = writeOf(info, writer, host.now);
  checkConfiguration(exchange, config, write);
  const old = findStored(exchange, request.namespace, request.name ?? '');
  if (!old && request.subresource) throw notFound(info.group, info.plural, request.name ?? '');
  const live = old ?? (emptyOf(config) as KubeObject);
  const managers = old ? managersBefore(exchange, old, write) : new Map();
  const { object, managers: left } = merged(live, config, managers, write, options.force ?? false);
  managing.applied = left;
  const body = withLastApplied((object ?? live) as KubeObject, config, writer);
  const draft = decodeBody({ ...exchange, request: { ...request, body } });
  if (!old) return createFrom(exchange, draft);
  matchRequest(draft, request, info);
  return request.subresource === 'status' ? replaceStatus(exchange, old, draft) : replaceObject(exchange, old, draft);
}

function checkConfiguration({ info, request }: Exchange, config: KubeObject, { topology }: Write): void {
  const expected = apiVersionOf(info);
  if (config.apiVersion !== expected) {
    throw badRequest(
      `Incorrect version specified in apply patch. Specified patch version: ${config.apiVersion}, expected: ${expected}`,
    );
  }
  if ((config.metadata as { managedFields?: unknown } | undefined)?.managedFields) {
    throw badRequest('metadata.managedFields must be nil');
  }
  const problems = configurationProblems(topology, config);
  if (problems.length === 0) return;
  const what = `${config.metadata?.namespace ?? request.namespace ?? ''}/${request.name}; ${info.group}/${info.version}, Kind=${info.kind}`;
  const why = problems.length === 1 ? problems[0] : `errors:\n${problems.map((each) => `  ${each}`).join('\n')}`;
  throw new StatusError('', 500, `failed to create typed patch object (${what}): ${why}`);
}

/** The managers of what is there; what nobody manages belongs to whoever came before. */
function managersBefore(exchange: Exchange, old: KubeObject, write: Write): Managers {
  const managers = managersOf(exchange, keyOf(old));
  if (managers.size > 0) return managers;
  return afterUpdate(managers, emptyOf(old), old, { ...write, writer: { ...write.writer, ...BEFORE } });
}

function merged(live: KubeObject, config: KubeObject, managers: Managers, write: Write, force: boolean): Applied {
  try {
    return afterApply(managers, live, config, write, force);
  } catch (error) {
    if (!(error instanceof ApplyConflicts)) throw error;
    const conflicts = unsettled(error.conflicts, live, write);
    if (conflicts.length > 0) throw conflictError(conflicts);
    return afterApply(managers, live, config, write, true);
  }
}

/** The conflicts that are left when kubectl may take over what it had applied from the client's side. */
function unsettled(conflicts: readonly Conflict[], live: KubeObject, { topology, writer }: Write): readonly Conflict[] {
  const text = live.metadata?.annotations?.[LAST_APPLIED];
  if (writer.manager !== KUBECTL || !text) return conflicts;
  let lastApplied: KubeObject;
  try {
    lastApplied = JSON.parse(text) as KubeObject;
  } catch {
    return conflicts;
  }
  if (lastApplied?.apiVersion !== writer.apiVersion) return conflicts;
  if (configurationProblems(topology, lastApplied).length > 0) return conflicts;
  const allowed = lastAppliedFields(topology, lastApplied, live);
  return conflicts.filter(({ path }) => !allowed.has(path));
}

/** kubectl's applies keep the annotation of its client-side applies up to date. */
function withLastApplied(object: KubeObject, config: KubeObject, { manager }: Writer): KubeObject {
  const { annotations } = object.metadata;
  if (manager !== KUBECTL || !annotations?.[LAST_APPLIED]) return object;
  const { annotations: own, ...metadata } = config.metadata;
  const { [LAST_APPLIED]: _last, ...kept } = own ?? {};
  const text = `${goJson({ ...config, metadata: own ? { ...metadata, annotations: kept } : metadata })}\n`;
  return { ...object, metadata: { ...object.metadata, annotations: { ...annotations, [LAST_APPLIED]: text } } };
}
