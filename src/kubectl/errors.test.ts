import { describe, expect, it } from 'vitest';
import { invalid, notFound } from '../engine/api/status-error';
import { describeError, KubectlError, ManyErrors, packError, unpackError, usageError, withSource } from './errors';

const missing = notFound('apps', 'deployments', 'web');
const one = invalid('apps', 'Deployment', 'web', [
  { type: 'FieldValueRequired', field: 'spec.selector', message: 'Required value' },
]);
const two = invalid('', 'Pod', 'p', [
  { type: 'FieldValueRequired', field: 'spec.containers', message: 'Required value' },
  { type: 'FieldValueInvalid', field: 'spec.x', message: 'Invalid value: 1' },
]);

describe('describeError', () => {
  it.each([
    ['its own', new KubectlError('no'), 'error: no\n'],
    ['one that says error itself', new KubectlError('error: no'), 'error: no\n'],
    ['bare', new KubectlError('no', { bare: true }), 'no\n'],
    ['with a note', new KubectlError('no', { note: 'kubestep: so' }), 'error: no\nkubestep: so\n'],
    ['usage', usageError('get', 'no'), "error: no\nSee 'kubectl get -h' for help and examples\n"],
    ['not found', missing, 'Error from server (NotFound): deployments.apps "web" not found\n'],
    [
      'with its file',
      withSource('creating', 'STDIN', missing),
      'Error from server (NotFound): error when creating "STDIN": deployments.apps "web" not found\n',
    ],
    ['invalid in one field', one, 'The Deployment "web" is invalid: spec.selector: Required value\n'],
    [
      'invalid, with its file',
      withSource('creating', 'STDIN', one),
      'The Deployment "web" is invalid: spec.selector: Required value\n',
    ],
    [
      'invalid in two',
      two,
      'The Pod "p" is invalid: \n* spec.containers: Required value\n* spec.x: Invalid value: 1\n',
    ],
    [
      'several',
      new ManyErrors([new KubectlError('no'), missing, new KubectlError('x', { note: 'kubestep: so' })]),
      'no\nError from server (NotFound): deployments.apps "web" not found\nx\nkubestep: so\n',
    ],
  ])('%s', (_, error, text) => {
    expect(describeError(error)).toEqual({ text, code: 1 });
    expect(describeError(unpackError(structuredClone(packError(error)))).text).toBe(text);
  });
});
