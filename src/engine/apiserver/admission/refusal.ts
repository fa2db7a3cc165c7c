/**
 * The 403 of an admission plugin. While an object still waits for its name, upstream names it by its generateName.
 * Follows apiserver/pkg/admission/errors.go (NewForbidden, extractResourceName).
 */
import type { ResourceInfo } from '../../api/kinds/definition';
import type { KubeObject } from '../../api/meta';
import { findResource, groupOf, kindId } from '../../api/scheme';
import { forbidden, type StatusError } from '../../api/status-error';

type Resource = Pick<ResourceInfo, 'group' | 'plural'>;

/** Refuses what a mutating plugin sees: names come later than it. `of`: of which resource it is, where that may be a custom one. */
export function refuseUnnamed(object: KubeObject, why: string, of?: Resource): StatusError {
  return refuseAs(object, object.metadata.generateName || object.metadata.name || 'Unknown', why, of);
}

/** Refuses what a validating plugin sees. `of` as above. */
export function refuseNamed(object: KubeObject, why: string, of?: Resource): StatusError {
  return refuseAs(object, object.metadata.name, why, of);
}

function refuseAs(object: KubeObject, name: string, why: string, of?: Resource): StatusError {
  const resource = of ?? findResource(kindId(object.apiVersion, object.kind));
  return forbidden(
    resource?.group ?? groupOf(object.apiVersion),
    resource?.plural ?? object.kind.toLowerCase(),
    name,
    why,
  );
}
