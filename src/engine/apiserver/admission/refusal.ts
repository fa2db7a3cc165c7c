/**
 * The 403 of an admission plugin. While an object still waits for its name, upstream names it by its generateName.
 * Follows apiserver/pkg/admission/errors.go (NewForbidden, extractResourceName).
 */
import type { KubeObject } from '../../api/meta';
import { findResource, groupOf, kindId } from '../../api/scheme';
import { forbidden, type StatusError } from '../../api/status-error';

/** Refuses what a mutating plugin sees: names come later than it. */
export function refuseUnnamed(object: KubeObject, why: string): StatusError {
  return refuseAs(object, object.metadata.generateName || object.metadata.name || 'Unknown', why);
}

/** Refuses what a validating plugin sees. */
export function refuseNamed(object: KubeObject, why: string): StatusError {
  return refuseAs(object, object.metadata.name, why);
}

function refuseAs(object: KubeObject, name: string, why: string): StatusError {
  const info = findResource(kindId(object.apiVersion, object.kind));
  return forbidden(info?.group ?? groupOf(object.apiVersion), info?.plural ?? object.kind.toLowerCase(), name, why);
}
