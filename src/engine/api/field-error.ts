/**
 * Validation errors with the path of the field, in the API server's words.
 * Follows apimachinery/pkg/util/validation/field/errors.go.
 */

/** The classes of field errors, named as upstream's `ErrorType` constants are printed in a Status cause. */
export type FieldErrorType =
  | 'FieldValueNotFound'
  | 'FieldValueRequired'
  | 'FieldValueDuplicate'
  | 'FieldValueInvalid'
  | 'FieldValueNotSupported'
  | 'FieldValueForbidden'
  | 'FieldValueTooLong'
  | 'FieldValueTooMany'
  | 'FieldValueTypeInvalid'
  | 'InternalError';

/** One thing wrong with one field. `message` is the whole line after the path, e.g. `Required value: name is needed`. */
export interface FieldError {
  readonly type: FieldErrorType;
  readonly field: string;
  readonly message: string;
}
