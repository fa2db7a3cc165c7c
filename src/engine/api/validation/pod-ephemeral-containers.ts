/**
 * Updates of a Pod's ephemeral containers: they may be added, and stay as they are.
 * Follows pkg/apis/core/validation/validation.go (ValidatePodEphemeralContainersUpdate).
 */
import type { FieldError } from '../field-error';
import type { KubeObject } from '../meta';
import { deepEqual } from '../plain';
import { MIRROR_POD } from '../pod';
import type { Pod } from '../types';
import { type FieldErrors, forbiddenField } from './field-errors';
import { internalForm } from './internal-form';
import { validateObjectMetaUpdate } from './metadata';
import { validatePodMetadataAndSpec } from './pod';
import { unifiedDiff } from './unified-diff';

const FIELD = 'spec.ephemeralContainers';

/** An update of the ephemeral containers; all else is the old Pod's already. */
export function validateEphemeralContainersUpdate(object: KubeObject, oldObject: KubeObject): readonly FieldError[] {
  const [pod, old] = [object as Pod, oldObject as Pod];
  if (old.metadata.annotations?.[MIRROR_POD] !== undefined) {
    return [forbiddenField('[]', 'static pods do not support ephemeral containers')];
  }
  const errors: FieldErrors = [];
  validateObjectMetaUpdate(errors, pod.metadata, old.metadata);
  validatePodMetadataAndSpec(errors, pod);
  for (const before of old.spec.ephemeralContainers ?? []) {
    const subject = `existing ephemeral containers ${JSON.stringify(before.name)}`;
    const after = pod.spec.ephemeralContainers?.findLast(({ name }) => name === before.name);
    if (!after) errors.push(forbiddenField(FIELD, `${subject} may not be removed\n`));
    else if (!deepEqual(before, after)) {
      const diff = unifiedDiff(internalForm('EphemeralContainer', before), internalForm('EphemeralContainer', after));
      errors.push(forbiddenField(FIELD, `${subject} may not be changed\n${diff}`));
    }
  }
  return errors;
}
