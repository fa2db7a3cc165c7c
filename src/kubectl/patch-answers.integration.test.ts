/** Patches, and what a real API server of 1.36.3 answers to them (recorded). */
import { describe, expect, test } from 'vitest';
import { createTerminal, type Terminal } from '../testing/terminal';

const OBJECTS = `apiVersion: v1
kind: ConfigMap
metadata: {name: cm}
data: {a: b}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 0
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c, image: nginx}]}}
`;

const SAME = 'patched (no change)';
const UNNAMED =
  'Error from server (BadRequest): the name of the object (cm based on URL) was undeterminable: name must be provided';
const HIDDEN = 'The request is invalid: the server rejected our request due to an error in our request';
const KIND = "couldn't get version/kind; json parse error: json: cannot unmarshal";

function start(): Terminal {
  const terminal = createTerminal({ nodes: 0, documents: OBJECTS });
  terminal.world.runFor(1_000);
  return terminal;
}

/** What a patch prints, with the object as patched left out of messages. */
function answerTo(patch: string): string {
  const { stdout, stderr } = start().run(`patch ${patch}`);
  const shown = stderr.replace(/Invalid value: "\{(?:[^"\\]|\\.)*"/, 'Invalid value: OBJECT');
  return (shown + stdout.replace(/^\S+ /, '')).trimEnd();
}

const MERGE: readonly [string, string][] = [
  [
    '{"kind":true}',
    `The request is invalid: patch: Invalid value: OBJECT: ${KIND} bool into Go struct field .kind of type string`,
  ],
  [
    '{"apiVersion":1}',
    `The request is invalid: patch: Invalid value: OBJECT: ${KIND} number into Go struct field .apiVersion of type string`,
  ],
  [
    '{"kind":"Pod"}',
    'The request is invalid: patch: Invalid value: OBJECT: converting (v1.Pod) to (core.ConfigMap): unknown conversion',
  ],
  [
    '{"kind":"Nope"}',
    'The request is invalid: patch: Invalid value: OBJECT: no kind "Nope" is registered for version "v1" in scheme "pkg/runtime/scheme.go:111"',
  ],
  ['{"kind":null}', SAME],
  ['{"apiVersion":null}', `Warning: unknown field "data"\nWarning: unknown field "metadata"\n${UNNAMED}`],
  [
    '{"apiVersion":"v2"}',
    'The request is invalid: patch: Invalid value: OBJECT: no kind "ConfigMap" is registered for version "v2" in scheme "pkg/runtime/scheme.go:111"',
  ],
  [
    '{"metadata":{"namespace":"other"}}',
    'Error from server (BadRequest): the namespace of the provided object does not match the namespace sent on the request',
  ],
  [
    '{"metadata":{"uid":"zzz"}}',
    'The ConfigMap "cm" is invalid: metadata.uid: Invalid value: "zzz": field is immutable',
  ],
  [
    '{"metadata":{"name":"other"}}',
    'Error from server (BadRequest): the name of the object (other) does not match the name on the URL (cm)',
  ],
  ['{"metadata":null}', UNNAMED],
  [
    '{"metadata":5}',
    'The request is invalid: patch: Invalid value: OBJECT: json: cannot unmarshal number into Go struct field ConfigMap.metadata of type v1.ObjectMeta',
  ],
  [
    '{"metadata":{"resourceVersion":"1"}}',
    'Error from server (Conflict): Operation cannot be fulfilled on configmaps "cm": the object has been modified; please apply your changes to the latest version and try again',
  ],
  ['{"metadata":{"resourceVersion":"abc"}}', 'Error from server: strconv.ParseUint: parsing "abc": invalid syntax'],
  ['{"metadata":{"generation":1}}', SAME],
  [
    '{"metadata":{"deletionTimestamp":"2026-01-01T00:00:00Z"}}',
    'The ConfigMap "cm" is invalid: metadata.deletionTimestamp: Invalid value: "2026-01-01T00:00:00Z": field is immutable',
  ],
  ['{"metadata":{"labels":{"a":null}}}', SAME],
  ['{"foo":1}', `Warning: unknown field "foo"\n${SAME}`],
  ['null', 'Error from server (BadRequest): Invalid JSON Patch'],
  [
    '5',
    'Error from server (BadRequest): error decoding patch: json: cannot unmarshal number into Go value of type map[string]interface {}',
  ],
  ['{"data":{"__proto__":"x","constructor":"y"}}', 'patched'],
  ['{"data":{"a":"b","a":"c"}}', 'Warning: duplicate field "data.a"\npatched'],
  [
    '{"data":{"k":"v"}} x',
    "Error from server (BadRequest): error decoding patch: invalid character 'x' after top-level value",
  ],
];

const STRATEGIC: readonly [string, string][] = [
  ['{"kind":true}', 'The request is invalid: patch: Invalid value: "map[kind:true]": unrecognized type: string'],
  [
    '{"apiVersion":1}',
    'The request is invalid: patch: Invalid value: "map[apiVersion:1]": cannot convert int64 to string',
  ],
  ['{"kind":"Pod"}', SAME],
  ['{"apiVersion":"v2"}', SAME],
  [
    '{"metadata":{"uid":"zzz"}}',
    'The ConfigMap "cm" is invalid: metadata.uid: Invalid value: "zzz": field is immutable',
  ],
  [
    '{"metadata":{"labels":5}}',
    'The request is invalid: patch: Invalid value: "map[metadata:map[labels:5]]": cannot restore map from int64',
  ],
  ['null', SAME],
  ['[1]', 'Error from server (BadRequest): json: cannot unmarshal array into Go value of type map[string]interface {}'],
  ['{"data":{"__proto__":"x"}}', 'patched'],
  ['{"$patch":"x"}', 'Error from server: unknown patch type: x in map: map[$patch:x]'],
];

const JSON_PATCHES: readonly [string, string][] = [
  ['[{"op":"replace","path":"","value":null}]', HIDDEN],
  [
    '[{"op":"replace","path":"","value":[]}]',
    `The request is invalid: patch: Invalid value: "[]": ${KIND} array into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }`,
  ],
  ['[{"op":"replace","path":"","value":{}}]', UNNAMED],
  [
    '[{"op":"remove","path":"/apiVersion"}]',
    `Warning: unknown field "data"\nWarning: unknown field "metadata"\n${UNNAMED}`,
  ],
  ['[{"op":"remove","path":"/kind"}]', SAME],
  ['[{"op":"remove","path":"/metadata/name"}]', UNNAMED],
  ['[{"op":"remove","path":"/metadata/uid"}]', SAME],
  ['[{"op":"add","path":"/data/__proto__","value":"p"}]', 'patched'],
  [
    '[{"op":"add","path":"/foo","value":1,"bar":2}]',
    `Warning: json patch unknown field "[0].bar"\nWarning: unknown field "foo"\n${SAME}`,
  ],
  [
    '[1]',
    'Error from server (BadRequest): error decoding patch: json: cannot unmarshal number into Go value of type handlers.jsonPatchOp',
  ],
];

describe.each([
  ['merge', MERGE],
  ['strategic', STRATEGIC],
  ['json', JSON_PATCHES],
])('a patch of type %s', (type, cases) => {
  test.each(cases)('%s', (body, answer) => {
    expect(answerTo(`cm cm --type=${type} -p '${body}'`)).toBe(answer);
  });
});

test.each([
  [
    'merge',
    '{"kind":true}',
    `The request is invalid: patch: Invalid value: OBJECT: ${KIND} bool into Go struct field .kind of type string`,
  ],
  [
    'merge',
    '{"spec":{"replicas":2147483648}}',
    'The request is invalid: patch: Invalid value: OBJECT: json: cannot unmarshal number 2147483648 into Go struct field ScaleSpec.spec.replicas of type int32',
  ],
  [
    'strategic',
    '{"spec":{"replicas":2147483648}}',
    'The Scale "web" is invalid: spec.replicas: Invalid value: -2147483648: must be greater than or equal to 0',
  ],
  [
    'merge',
    '{"spec":{"replicas":-1}}',
    'The Scale "web" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0',
  ],
  [
    'merge',
    '{"metadata":{"name":"o"}}',
    'Error from server (BadRequest): the name of the object (o) does not match the name on the URL (web)',
  ],
  ['merge', '{"spec":{"replicas":3}}', 'patched'],
  ['merge', '{"spec":null}', SAME],
])('the scale of a Deployment by a %s patch %s', (type, body, answer) => {
  expect(answerTo(`deploy web --subresource=scale --type=${type} -p '${body}'`)).toBe(answer);
});

test('keys like those of prototypes are kept and read back', () => {
  const terminal = start();
  terminal.run(`patch cm cm --type=merge -p '{"data":{"__proto__":"x","constructor":"y","toString":null}}'`);
  expect(terminal.run('get cm cm -o jsonpath={.data}').stdout).toBe('{"__proto__":"x","a":"b","constructor":"y"}');
  terminal.run(`patch cm cm --type=json -p '[{"op":"remove","path":"/data/__proto__"}]'`);
  expect(terminal.run('get cm cm -o jsonpath={.data}').stdout).toBe('{"a":"b","constructor":"y"}');
});

test('a refused patch by dry run changes nothing, and a size that is no int32 is refused', () => {
  const terminal = start();
  expect(terminal.run(`patch deploy web --dry-run=server --type=merge -p '{"kind":true}'`).code).toBe(1);
  expect(terminal.run('scale deploy web --replicas=2147483648').stderr).toContain('cannot unmarshal number 2147483648');
  expect(terminal.run('scale deploy web --replicas=9999999999999999999999').stderr).toBe(
    'error: invalid argument "9999999999999999999999" for "--replicas" flag: strconv.ParseInt: parsing "9999999999999999999999": value out of range\n' +
      "See 'kubectl scale --help' for usage.\n",
  );
  expect(terminal.run('get deploy web -o jsonpath={.spec.replicas}').stdout).toBe('0');
});

test('a Namespace that goes has no grace period', () => {
  const terminal = start();
  terminal.run('create namespace shop');
  terminal.run(`patch namespace shop --type=merge -p '{"metadata":{"finalizers":["example.com/f"]}}'`);
  terminal.run('delete namespace shop --wait=false');
  expect(terminal.run('create namespace shop').stderr).toBe(
    'Error from server (AlreadyExists): object is being deleted: namespaces "shop" already exists\n',
  );
  const { metadata, status } = terminal.world.get('Namespace', undefined, 'shop');
  expect(metadata.deletionTimestamp).toBeDefined();
  expect(metadata.deletionGracePeriodSeconds).toBeUndefined();
  expect(status).toMatchObject({ phase: 'Terminating' });
});

test.each([
  ['strategic', '{"data":', 'error: invalid JSON document'],
  ['strategic', '[1]', 'error: invalid JSON document'],
  ['merge', '{"data":', 'error: Invalid JSON Patch'],
  ['json', '{"data":', 'error: unexpected end of JSON input'],
])('without the server, a %s patch %s is read by kubectl', (type, text, answer) => {
  expect(answerTo(`cm cm --dry-run=client --type=${type} -p '${text}'`)).toBe(answer);
});
