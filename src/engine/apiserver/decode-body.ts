/**
 * What the API server reads from the body of a write. Components' own writes are well-typed and only copied; what people send is
 * decoded strictly. Follows apiserver/pkg/endpoints/handlers/{create,update,patch}.go.
 */
import { decodeError, decodeErrorMessage, decodePatched, decodeStrict } from '../api/decode';
import type { KubeObject } from '../api/meta';
import type { Patch } from '../api/patch/patch';
import { clonePlain } from '../api/plain';
import { badRequest, invalid } from '../api/status-error';
import type { WriteOptions } from '../client/client';

/** A fresh copy to work on. Throws 400 for unknown and wrongly typed fields. */
export function decodeBody(object: KubeObject, options: WriteOptions): KubeObject {
  if (options.fieldValidation !== 'Strict') return clonePlain(object);
  const decoded = decodeStrict(object);
  const message = decodeErrorMessage(object, decoded);
  if (message) throw badRequest(message);
  return clonePlain(decoded.object);
}

/** The same for the result of a patch, whose errors are worded differently for strategic merge patches (422). */
export function decodePatchedBody(object: KubeObject, patch: Patch, options: WriteOptions): KubeObject {
  if (options.fieldValidation !== 'Strict' || patch.type !== 'strategic') return decodeBody(object, options);
  const decoded = decodePatched(object);
  const error = decodeError(decoded);
  if (error) {
    const message = `Invalid value: ${JSON.stringify(JSON.stringify(patch.body))}: ${error}`;
    throw invalid('', '', '', [{ type: 'FieldValueInvalid', field: 'patch', message }]);
  }
  return clonePlain(decoded.object);
}
