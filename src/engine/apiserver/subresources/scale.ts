/**
 * The scale subresource: an object's size as a Scale of autoscaling/v1.
 * Follows ScaleREST in pkg/registry/apps/deployment/storage/storage.go (the other kinds' are alike) and pkg/apis/autoscaling/validation.
 */
import { replicasOf, type ScalePaths, scaleStatusOf, withReplicas } from '../../api/custom-resources/scale';
import type { KindDefinition } from '../../api/kinds/definition';
import type { KubeObject } from '../../api/meta';
import { clonePlain } from '../../api/plain';
import { formatRequirements, labelSelectorRequirements, podSelectorOf } from '../../api/selector';
import { conflict, invalid, StatusError } from '../../api/status-error';
import { decodeBody, type Target } from '../decode-body';
import { type Exchange, named } from '../exchange';
import { matchRequest } from '../object-meta';
import { patched } from '../verbs/patch';
import { replaceObject } from '../verbs/update';

const SCALE: Target = { group: 'autoscaling', version: 'v1', kind: 'Scale', type: 'Scale' };

/** A Scale as it is answered. */
interface Scale extends KubeObject {
  spec: { replicas?: number };
}

/** The pods that are counted, as text. */
function selectorOf(object: KubeObject, { schema, scale }: KindDefinition): string | undefined {
  if (schema) return scaleStatusOf(object, scale as ScalePaths).selector;
  const selector = podSelectorOf(object);
  return selector && formatRequirements(labelSelectorRequirements(selector));
}

function scaleOf(object: KubeObject, info: KindDefinition): Scale {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  const paths = info.scale as ScalePaths;
  const replicas = replicasOf(object, paths);
  const selector = selectorOf(object, info);
  return {
    apiVersion: 'autoscaling/v1',
    kind: 'Scale',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: replicas ? { replicas } : {},
    status: { replicas: scaleStatusOf(object, paths).replicas, ...(selector ? { selector } : {}) },
  };
}

/** The present size. */
export function getScale(exchange: Exchange): KubeObject {
  const { info } = exchange;
  const object = named(exchange);
  const paths = info.scale as ScalePaths;
  if (info.schema && replicasOf(object, paths) === undefined) {
    const why = `the spec replicas field ${JSON.stringify(paths.specReplicasPath)} does not exist`;
    throw new StatusError('InternalError', 500, `Internal error occurred: ${why}`);
  }
  return scaleOf(object, info);
}

/** Sets the size. */
export function updateScale(exchange: Exchange): KubeObject {
  const wanted = decodeBody(exchange, SCALE) as Scale;
  matchRequest(wanted, exchange.request, exchange.info);
  return resize(exchange, named(exchange), wanted);
}

/** Changes the size by a patch of the Scale. */
export function patchScale(exchange: Exchange): KubeObject {
  const old = named(exchange);
  return resize(exchange, old, patched(exchange, scaleOf(old, exchange.info), SCALE) as Scale);
}

function resize(exchange: Exchange, old: KubeObject, { metadata, spec }: Scale): KubeObject {
  const { info } = exchange;
  const { name, uid } = old.metadata;
  const replicas = spec?.replicas ?? 0;
  if (replicas < 0) {
    const message = `Invalid value: ${replicas}: must be greater than or equal to 0`;
    throw invalid('autoscaling', 'Scale', name, [{ type: 'FieldValueInvalid', field: 'spec.replicas', message }]);
  }
  if (metadata.uid && metadata.uid !== uid) {
    const why = `Precondition failed: UID in precondition: ${metadata.uid}, UID in object meta: ${uid}`;
    throw conflict(info.group, `${info.plural}/scale`, name, why);
  }
  const draft = clonePlain(withReplicas(old, info.scale as ScalePaths, replicas));
  draft.metadata.resourceVersion = metadata.resourceVersion;
  const shown = (object: KubeObject): Scale => scaleOf(object, info);
  return shown(replaceObject(exchange, old, draft, shown));
}
