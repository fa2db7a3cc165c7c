import { expect, test } from 'vitest';
import { plainReasons } from './plain-reason';

const PATCHED = `error when applying patch:
{"metadata":{"annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{\\"kind\\":\\"Deployment\\"}\\n"}}}
to:
Resource: "apps/v1, Resource=deployments", GroupVersionKind: "apps/v1, Kind=Deployment"
Name: "web", Namespace: "default"
for: "editor": error when patching "editor": `;

test.each([
  [
    'an unknown field of a patch',
    `Error from server (BadRequest): ${PATCHED}Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: unknown field "spec.replicaz"\n`,
    ['unknown field "spec.replicaz"'],
  ],
  [
    'an unknown field of a new object',
    'Error from server (BadRequest): error when creating "editor": Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: unknown field "spec.replicaz"\n',
    ['unknown field "spec.replicaz"'],
  ],
  [
    'an unknown field of a patch, as the server puts it',
    'The request is invalid: patch: Invalid value: "{\\"spec\\":{\\"replicaz\\":5}}": strict decoding error: unknown field "spec.replicaz"\n',
    ['unknown field "spec.replicaz"'],
  ],
  [
    'a value of the wrong type in a patch',
    'The request is invalid: patch: Invalid value: "map[metadata:map[annotations:{\\"a\\":\\"b\\"}\\n] spec:map[replicas:x]]": unrecognized type: int32\n',
    ['a value has the wrong type, int32 is expected'],
  ],
  [
    'an immutable field',
    'The Deployment "web" is invalid: spec.selector: Invalid value: {"matchLabels":{"app":"shop"}}: field is immutable\n',
    ['Deployment web: spec.selector: field is immutable'],
  ],
  [
    'several causes',
    'The Pod "a" is invalid: \n* spec.containers[0].name: Required value\n* spec.restartPolicy: Unsupported value: "Some": supported values: "Always"\n',
    [
      'Pod a: spec.containers[0].name: Required value; spec.restartPolicy: Unsupported value: "Some": supported values: "Always"',
    ],
  ],
  [
    'one manifest after the other, and a warning',
    'Warning: x is deprecated\nThe Pod "a" is invalid: spec: Forbidden: pod updates may not change fields\nError from server (NotFound): error when creating "editor": namespaces "b" not found\n',
    ['Pod a: spec: Forbidden: pod updates may not change fields', 'namespaces "b" not found'],
  ],
  [
    'a kind that there is not',
    'error: resource mapping not found for name: "web" namespace: "" from "editor": no matches for kind "Deploymnt" in version "apps/v1"\nensure CRDs are installed first\n',
    ['no matches for kind "Deploymnt" in version "apps/v1"'],
  ],
  ['what has no preamble', 'the server is on fire\n', ['the server is on fire']],
  ['nothing', '', []],
])('%s', (_what, stderr, reasons) => {
  expect(plainReasons(stderr)).toEqual(reasons);
});
