import { expect, it } from 'vitest';
import { createTerminal } from '../testing/terminal';

const IN_YAML = 'error parsing STDIN: error converting YAML to JSON: yaml:';
const INVALID = 'error validating "STDIN": error validating data:';
const ANYWAY = '; if you choose to ignore these errors, turn validation off with --validate=false';
const configMap = (metadata: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: ${metadata}\n`;

it.each([
  ['a: b: c', `${IN_YAML} mapping values are not allowed in this context`],
  ['a: 1\n b: 2', `${IN_YAML} line 2: mapping values are not allowed in this context`],
  ['a:\n- b: x\n    c: y', `${IN_YAML} line 3: mapping values are not allowed in this context`],
  ['$ cat pod.yaml\nkind: Pod', `${IN_YAML} line 2: mapping values are not allowed in this context`],
  ['a: 1\nb: */5 * * * *', `${IN_YAML} line 2: did not find expected alphabetic or numeric character`],
  ['a: 1\nb: *.example.com', `${IN_YAML} line 2: did not find expected alphabetic or numeric character`],
  ['a: 1\nb: *foo', `${IN_YAML} unknown anchor 'foo' referenced`],
  ['a:\n\tb: c', `${IN_YAML} line 2: found character that cannot start any token`],
  ['a: "x\nb: c\n', `${IN_YAML} line 3: found unexpected end of stream`],
  ['{"apiVersion": "v1", "kind": "ConfigMap"', 'error parsing STDIN: unexpected EOF'],
  [
    '{"apiVersion": "v1", "kind": "ConfigMap", // a comment\n"metadata": {"name": "c"}}',
    "error parsing STDIN: json: offset 43: invalid character '/' looking for beginning of object key string",
  ],
  [
    '{"apiVersion": "v1" "kind": "ConfigMap"}',
    `error parsing STDIN: json: offset 21: invalid character '"' after object key:value pair`,
  ],
  [
    "{'apiVersion': 'v1', 'kind': 'ConfigMap', 'metadata': {'name': 'ü'}",
    `error parsing STDIN: json: offset 2: invalid character '\\'' looking for beginning of object key string`,
  ],
  ['hello world', `${INVALID} invalid object to validate${ANYWAY}`],
  ['- kind: Pod', `${INVALID} invalid object to validate${ANYWAY}`],
  ['apiVersion: apps/v1/beta\nkind: Deployment', `${INVALID} unexpected GroupVersion string: apps/v1/beta${ANYWAY}`],
  ['apiVersion: {name: x}\nkind: ServiceAccount', `${INVALID} apiVersion isn't string type${ANYWAY}`],
  ['apiVersion: v1\nkind: 5', `${INVALID} kind isn't string type${ANYWAY}`],
  ['kind: [x]', `${INVALID} [apiVersion not set, kind isn't string type]${ANYWAY}`],
  ['apiVersion: null\nkind: ConfigMap', `${INVALID} apiVersion not set${ANYWAY}`],
  [
    configMap('{name: c, labels: {canary: yes}}'),
    'unable to decode "STDIN": json: cannot unmarshal bool into Go struct field ObjectMeta.metadata.labels of type string',
  ],
  [
    configMap('c'),
    'unable to decode "STDIN": json: cannot unmarshal string into Go struct field metadataOnlyObject.metadata of type v1.ObjectMeta',
  ],
  [
    '%YAML 1.1\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: directive}\n',
    'error parsing STDIN: error converting YAML to JSON: yaml: line 1: did not find expected <document start>',
  ],
  [
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: inf}\ndata: {a: -.inf}\n',
    'error parsing STDIN: error converting YAML to JSON: json: unsupported value: -Inf',
  ],
  [
    'apiVersion: v1\nkind: ConfigMap\n<<: 5\n',
    'error parsing STDIN: error converting YAML to JSON: yaml: map merge requires map or sequence of maps as the value',
  ],
  [
    configMap('{name: a/b}'),
    `error when retrieving current configuration of:
Resource: "/v1, Resource=configmaps", GroupVersionKind: "/v1, Kind=ConfigMap"
Name: "a/b", Namespace: "default"
from server for: "STDIN": invalid resource name "a/b": [may not contain '/']`,
  ],
])('kubectl apply of %j says what kubectl says', (text, message) => {
  expect(createTerminal({}).run('apply -f -', text)).toMatchObject({
    stdout: '',
    stderr: `error: ${message}\n`,
    code: 1,
  });
});

it('kubectl apply reads a stream of JSON objects', () => {
  const json = (name: string) =>
    `{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "${name}"}, "data": {"a": "}\\"{"}}`;
  expect(createTerminal({}).run('apply -f -', `${json('j1')}${json('j2')}\n${json('j3')}\n`)).toMatchObject({
    stdout: 'configmap/j1 created\nconfigmap/j2 created\nconfigmap/j3 created\n',
    code: 0,
  });
});

it('applies what stands before something that is no JSON', () => {
  const terminal = createTerminal({});
  const text = '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "d"}} x';
  expect(terminal.run('apply -f -', text)).toMatchObject({
    stdout: 'configmap/d created\n',
    stderr: "error: error parsing STDIN: json: offset 70: invalid character 'x' looking for beginning of value\n",
    code: 1,
  });
});

it('goes on with YAML after a first document in JSON', () => {
  const text = `{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}}\n---\n${configMap('{name: b}')}`;
  expect(createTerminal({}).run('apply -f -', text).stdout).toBe('configmap/a created\nconfigmap/b created\n');
});
