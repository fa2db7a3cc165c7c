/**
 * Checks of texts and numbers by a schema.
 * Follows kube-openapi/pkg/validation/validate/{validator,values,formats}.go. Patterns are matched in linear time.
 */
import { parseRegularExpression } from '../regular-expression';
import { hasFormat } from './formats';
import type { Schema } from './json-schema';
import { type Failure, failure, placeless } from './schema-failures';

/** What is wrong with a text; the first finding counts. */
export function textFailure(text: string, schema: Schema, path: string): Failure | undefined {
  const { maxLength, minLength, pattern } = schema;
  const length = [...text].length;
  if (maxLength !== undefined && length > maxLength) {
    return failure(path, `should be at most ${maxLength} chars long`, {
      code: 'tooLong',
      value: text,
      limit: maxLength,
    });
  }
  if (minLength !== undefined && length < minLength) {
    return failure(path, `should be at least ${minLength} chars long`, { value: text });
  }
  if (!pattern) return undefined;
  const expression = parseRegularExpression(pattern);
  if ('problem' in expression) {
    return failure(path, `should match '${pattern}, but pattern is invalid: ${expression.problem}'`, { value: text });
  }
  return expression.test(text) ? undefined : failure(path, `should match '${pattern}'`, { value: text });
}

/** What is wrong with the format of a text. */
export function formatFailure(text: string, schema: Schema, path: string): Failure | undefined {
  const { format } = schema;
  if (!format || hasFormat(format, text) !== false) return undefined;
  const rest = `must be of type ${format}: ${JSON.stringify(text)}`;
  return failure(path, rest, { code: 'type', value: text });
}

const INT32 = 2 ** 31;

function isOutOfRange(value: number, type: string, format: string): boolean {
  if (type !== 'integer')
    return format === 'float' && Number.isFinite(value) && Math.abs(value) > 3.4028234663852886e38;
  if (!Number.isInteger(value)) return true;
  return format === 'int32' ? value < -INT32 || value >= INT32 : value < -(2 ** 63) || value >= 2 ** 63;
}

function rangeFailure(value: number, schema: Schema, path: string, what: string): Failure | undefined {
  const isTyped = schema['x-kubernetes-int-or-string'] !== true;
  const type = isTyped && (schema.type === 'integer' || schema.type === 'number') ? schema.type : '';
  const known = type === 'integer' ? ['int32', 'int64'] : ['float', 'double'];
  const format = type && known.includes(schema.format ?? '') ? (schema.format as string) : '';
  if (!isOutOfRange(value, type, format)) return undefined;
  const how = format ? `with format ${format}` : '(default format)';
  return placeless(`${what} value must be of type ${type} ${how} in ${path}`);
}

interface Bound {
  readonly limit: number | undefined;
  readonly exclusive: boolean | undefined;
  readonly name: string;
  readonly exceeds: (value: number, limit: number) => boolean;
  readonly words: readonly [inclusive: string, exclusive: string];
}

function boundFailures(value: number, bound: Bound, schema: Schema, path: string): Failure[] {
  const { limit, exclusive } = bound;
  if (limit === undefined) return [];
  const outside = rangeFailure(limit, schema, path, `${bound.name} boundary`);
  // Integers are compared with the bound cut to an integer, unless the bound can't be one.
  const effective = !outside && Number.isInteger(value) ? Math.trunc(limit) : limit;
  const isBeyond = bound.exceeds(value, effective) || (exclusive === true && value === effective);
  const found = outside ? [outside] : [];
  if (isBeyond) {
    found.push(failure(path, `should be ${bound.words[exclusive ? 1 : 0]} ${effective}`, { value }));
  }
  return found;
}

function multipleFailures(value: number, schema: Schema, path: string): Failure[] {
  const { multipleOf } = schema;
  if (multipleOf === undefined) return [];
  const outside = rangeFailure(multipleOf, schema, path, 'MultipleOf');
  const found = outside ? [outside] : [];
  const factor = !outside && Number.isInteger(value) ? Math.trunc(multipleOf) : multipleOf;
  if (factor <= 0) {
    const message = `factor MultipleOf declared for ${path} must be positive: ${factor}`;
    return [...found, { code: 'other', path, message, value: factor }];
  }
  const times = factor < 1 ? (1 / factor) * value : value / factor;
  const isMultiple = Math.abs(times - Math.round(times)) < 1e-9 * Math.max(1, Math.abs(times));
  return isMultiple ? found : [...found, failure(path, `should be a multiple of ${factor}`, { value })];
}

/** What is wrong with a number. */
export function numberFailures(value: number, schema: Schema, path: string): Failure[] {
  const outside = rangeFailure(value, schema, path, 'Checked');
  const minimum: Bound = {
    limit: schema.minimum,
    exclusive: schema.exclusiveMinimum,
    name: 'Minimum',
    exceeds: (number, limit) => number < limit,
    words: ['greater than or equal to', 'greater than'],
  };
  const maximum: Bound = {
    limit: schema.maximum,
    exclusive: schema.exclusiveMaximum,
    name: 'Maximum',
    exceeds: (number, limit) => number > limit,
    words: ['less than or equal to', 'less than'],
  };
  return [
    ...(outside ? [outside] : []),
    ...multipleFailures(value, schema, path),
    ...boundFailures(value, minimum, schema, path),
    ...boundFailures(value, maximum, schema, path),
  ];
}
