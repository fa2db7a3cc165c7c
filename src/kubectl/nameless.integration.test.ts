/** What a real 1.36.3 answered to manifests without a name, to several that are not there, and to those that are not of their type. */
import { expect, test } from 'vitest';
import { createSession } from '../session/create-session';

const NAMELESS = 'apiVersion: v1\nkind: ConfigMap\ndata: {a: b}\n';
const named = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`;
const several = (...manifests: readonly string[]): string => manifests.join('---\n');
const web = (spec: string): string => `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {${spec}}\n`;
const REPLICAS = web('replicas: "x", template: {spec: {containers: [{name: c, image: i}]}}');
const CONTAINERS = web('replicas: 1, template: {spec: {containers: {name: c}}}');

const MISSING = (name: string): string => `Error from server (NotFound): configmaps "${name}" not found\n`;
const EMPTY = 'resource name may not be empty\n';
const UNDECODABLE = 'error: unable to decode "STDIN": json: cannot unmarshal';
const WRONG_REPLICAS = `${UNDECODABLE} string into Go struct field DeploymentSpec.spec.replicas of type int32\n`;
const NO_BINDINGS = 'Unable to list "/v1, Resource=bindings": the server could not find the requested resource';

const ANSWERS: readonly (readonly [command: string, stdin: string, stderr: string, stdout?: string])[] = [
  ['get -f -', NAMELESS, '', 'NAME   AGE\n       <unknown>\n'],
  [
    'get -f -',
    several(NAMELESS, named('conf')),
    '',
    'NAME   AGE\n       <unknown>\nNAME   DATA   AGE\nconf   0      1s\n',
  ],
  ['patch -f - -p \'{"data":{"a":"c"}}\'', NAMELESS, `error: ${EMPTY}`],
  ['delete -f -', NAMELESS, `error: error when deleting "STDIN": ${EMPTY}`],
  ['delete -f - --ignore-not-found', NAMELESS, `error: error when deleting "STDIN": ${EMPTY}`],
  [
    'apply view-last-applied -f -',
    NAMELESS,
    'error: error when no last-applied-configuration annotation found on resource: \n "STDIN": <nil>\n',
  ],
  [
    'apply set-last-applied -f -',
    NAMELESS,
    'error: error when retrieving current configuration of:\nResource: "/v1, Resource=configmaps", ' +
      `GroupVersionKind: "/v1, Kind=ConfigMap"\nName: "", Namespace: "default"\nfrom server for: "STDIN": ${EMPTY}`,
  ],
  ['label -f - a=b', NAMELESS, `error: ${EMPTY}`],
  ['replace -f -', NAMELESS, `error: error when replacing "STDIN": ${EMPTY}`],
  ['scale -f - --replicas=2', NAMELESS, `error: ${EMPTY}`],
  ['rollout status -f -', NAMELESS, 'error: no status viewer has been implemented for ConfigMap\n'],
  ['wait -f - --for=delete', NAMELESS, 'error: resource name must be provided\n'],
  ['expose -f - --port=80', NAMELESS, 'error: cannot expose a ConfigMap\n'],
  ['get -f -', several(named('n1'), named('n2')), MISSING('n1') + MISSING('n2')],
  [
    'get -f - -o name',
    several(named('n1'), named('conf'), named('n2')),
    MISSING('n1') + MISSING('n2'),
    'configmap/conf\n',
  ],
  ['set image -f - c=q:2 --local -o name', REPLICAS, WRONG_REPLICAS],
  ['set image -f - c=q:2', REPLICAS, WRONG_REPLICAS],
  ['set env -f - A=b --local -o name', REPLICAS, WRONG_REPLICAS],
  ['set resources -f - --limits=cpu=1 --local -o name', REPLICAS, WRONG_REPLICAS],
  ['set serviceaccount -f - sa --local -o name', REPLICAS, WRONG_REPLICAS],
  [
    'set image -f - c=q:2 --local -o name',
    CONTAINERS,
    `${UNDECODABLE} object into Go struct field PodSpec.spec.template.spec.containers of type []v1.Container\n`,
  ],
  ['get bindings -A', '', `Error from server (NotFound): ${NO_BINDINGS}\n`],
  [
    'get bindings',
    '',
    'Error from server (MethodNotAllowed): the server does not allow this method on the requested resource\n',
  ],
  ['get bindings x', '', 'Error from server (NotFound): the server could not find the requested resource\n'],
];

test.each(ANSWERS.map(([command, stdin, stderr, stdout = '']) => ({ command, stdin, stderr, stdout })))(
  '$command',
  ({ command, stdin, stderr, stdout }) => {
    const { session } = createSession(named('conf'));
    const { simulation } = session!;
    simulation.run({ timeMs: 1_000 });
    const answer = session!.kubectl(command, { step: simulation.step, timeMs: simulation.nowMs }, { stdin });
    expect(answer).toMatchObject({ stdout, stderr, code: stderr === '' ? 0 : 1 });
  },
);
