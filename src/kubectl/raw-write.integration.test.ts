/** What a real 1.36.3 answered to --raw of commands that write. */
import { expect, test } from 'vitest';
import { createSession } from '../session/create-session';

const POD = 'apiVersion: v1\nkind: Pod\nmetadata: {name: one}\nspec: {containers: [{name: c, image: nginx}]}\n';
const CM = '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"raw"},"data":{"k":"v"}}';
const PATH = '/api/v1/namespaces/default/configmaps';
const NOT_FOUND = 'Error from server (NotFound): the server could not find the requested resource\n';
const NOT_ALLOWED =
  'Error from server (MethodNotAllowed): the server does not allow this method on the requested resource\n';

function terminal() {
  const { session } = createSession(POD);
  const { simulation } = session!;
  simulation.run({ timeMs: 10_000 });
  return {
    simulation,
    ask: (command: string, stdin?: string) =>
      session!.kubectl(command, { step: simulation.step, timeMs: simulation.nowMs }, { stdin }),
  };
}

test('objects are made, replaced and deleted', () => {
  const { ask } = terminal();
  expect(ask(`create --raw ${PATH} -f -`, CM).stdout).toMatch(
    /^\{"kind":"ConfigMap","apiVersion":"v1","metadata":\{"name":"raw","namespace":"default",.*"data":\{"k":"v"\}\}\n$/,
  );
  expect(ask(`create --raw ${PATH} -f -`, CM).stderr).toBe(
    'Error from server (AlreadyExists): configmaps "raw" already exists\n',
  );
  expect(ask(`replace --raw ${PATH}/raw -f -`, CM.replace('"v"', '"w"')).stdout).toContain('"data":{"k":"w"}');
  expect(ask(`delete --raw ${PATH}/raw`).stdout).toMatch(
    /^\{"kind":"Status","apiVersion":"v1","metadata":\{\},"status":"Success","details":\{"name":"raw","kind":"configmaps","uid":"[-0-9a-f]+"\}\}\n$/,
  );
  expect(ask(`delete --raw ${PATH}/raw`).stderr).toBe('Error from server (NotFound): configmaps "raw" not found\n');
});

test('a Pod that ends gracefully is the answer to its deletion', () => {
  const { ask } = terminal();
  expect(ask('delete --raw /api/v1/namespaces/default/pods/one').stdout).toMatch(
    /^\{"kind":"Pod","apiVersion":"v1",.*"deletionTimestamp"/,
  );
});

test('a Pod is evicted', () => {
  const { ask, simulation } = terminal();
  const body = '{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"one","namespace":"default"}}';
  const evict = (pod: string) => ask(`create --raw /api/v1/namespaces/default/pods/${pod}/eviction -f -`, body);
  expect(evict('two').stderr).toContain('pods "two" not found');
  expect(evict('one')).toMatchObject({ code: 0 });
  simulation.run({ timeMs: simulation.nowMs + 60_000 });
  expect(simulation.objectAt(simulation.step, 'Pod', 'default', 'one')).toBeUndefined();
});

test('what cannot be done is refused as kubectl and the server do', () => {
  const { ask } = terminal();
  for (const [command, stdin, stderr] of [
    [`create --raw ${PATH}`, '', 'error: must specify one of -f and -k\n'],
    ['create --raw /api/v1/nope -f -', '{}', NOT_FOUND],
    [`replace --raw ${PATH} -f -`, '{}', NOT_ALLOWED],
    [`create --raw ${PATH}/raw -f -`, CM, NOT_ALLOWED],
    ['create --raw /api/v1/configmaps -f -', CM, NOT_ALLOWED],
    ['delete --raw /api/v1/configmaps', '', NOT_ALLOWED],
    ['replace --raw /api/v1/configmaps/raw -f -', CM, NOT_FOUND],
    [`delete --raw ${PATH}`, '', 'kubestep: delete --raw deletes one object here, not a collection\n'],
    [
      `create --raw ${PATH} -f -`,
      'not json',
      "Error from server (BadRequest): the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind; " +
        "json parse error: invalid character 'o' in literal null (expecting 'u') (6e6f74206a736f6e)\n",
    ],
    [`create --raw ${PATH} -f - -f b`, CM, 'error: --raw can only use a single local file or stdin\n'],
    [`create --raw ${PATH} -f - -o yaml`, CM, 'error: --raw and --output are mutually exclusive\n'],
    [`create --raw ${PATH} -f - -l a=b`, CM, 'error: --raw and --selector (-l) are mutually exclusive\n'],
    [`replace --raw ${PATH}/raw -f nope`, '', 'error: open nope: no such file or directory\n'],
    ['delete --raw pods/one', '', 'error: --raw must be a valid URL path: parse "pods/one": invalid URI for request\n'],
  ] as const) {
    expect(ask(command, stdin)).toMatchObject({ code: 1, stderr });
  }
});

const object = (metadata: object, kind = 'ConfigMap', apiVersion = 'v1'): string =>
  JSON.stringify({ apiVersion, kind, metadata });
const UNREADABLE =
  "the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind; json parse error: json: cannot unmarshal";
const TYPE_META =
  'Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }';

test.each([
  [
    `replace --raw ${PATH}/raw`,
    object({ name: 'b' }),
    'the name of the object (b) does not match the name on the URL (raw)',
  ],
  [
    `replace --raw ${PATH}/raw`,
    object({}),
    'the name of the object (raw based on URL) was undeterminable: name must be provided',
  ],
  [
    `replace --raw ${PATH}/raw`,
    'null',
    'the name of the object (raw based on URL) was undeterminable: name must be provided',
  ],
  [
    `replace --raw ${PATH}/raw`,
    object({ name: 'raw', namespace: 'other' }),
    'the namespace of the provided object does not match the namespace sent on the request',
  ],
  [
    `create --raw ${PATH}`,
    object({ name: 'x', namespace: 'other' }),
    'the namespace of the provided object does not match the namespace sent on the request',
  ],
  [
    `create --raw ${PATH}`,
    object({ name: 's' }, 'Secret'),
    'Secret in version "v1" cannot be handled as a ConfigMap: converting (v1.Secret) to (core.ConfigMap): unknown conversion',
  ],
  [
    `replace --raw ${PATH}/raw`,
    object({ name: 'raw' }, 'Secret'),
    'Secret in version "v1" cannot be handled as a ConfigMap: converting (v1.Secret) to (core.ConfigMap): unknown conversion',
  ],
  [
    `create --raw ${PATH}`,
    object({ name: 's' }, 'Foo'),
    'Foo in version "v1" cannot be handled as a ConfigMap: no kind "Foo" is registered for version "v1" in scheme "pkg/runtime/scheme.go:111"',
  ],
  [
    `create --raw ${PATH}`,
    object({ name: 's' }, 'ConfigMap', 'v2'),
    'ConfigMap in version "v2" cannot be handled as a ConfigMap: no kind "ConfigMap" is registered for version "v2" in scheme "pkg/runtime/scheme.go:111"',
  ],
  [`create --raw ${PATH}`, '[]', `${UNREADABLE} array into ${TYPE_META} (5b5d)`],
  [`create --raw ${PATH}`, '3', `${UNREADABLE} number into ${TYPE_META} (33)`],
  [`create --raw ${PATH}`, '"x"', `${UNREADABLE} string into ${TYPE_META} (227822)`],
])('%s of what belongs elsewhere or is no object: %s', (command, body, refusal) => {
  const { ask } = terminal();
  ask(`create --raw ${PATH} -f -`, CM);
  const before = ask('get configmaps,secrets -A -o yaml').stdout;
  expect(ask(`${command} -f -`, body)).toMatchObject({
    code: 1,
    stdout: '',
    stderr: `Error from server (BadRequest): ${refusal}\n`,
  });
  expect(ask('get configmaps,secrets -A -o yaml').stdout).toBe(before);
});

test('a body without kind or version is taken for what the path says, and must have a name', () => {
  const { ask } = terminal();
  expect(ask(`create --raw ${PATH} -f -`, '{"metadata":{"name":"bare"}}').stdout).toContain(
    '{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"bare","namespace":"default",',
  );
  for (const body of ['null', '{}', object({})])
    expect(ask(`create --raw ${PATH} -f -`, body).stderr).toBe(
      'The ConfigMap "" is invalid: metadata.name: Required value: name or generateName is required\n',
    );
});

test('a dry run answers as if it were done and changes nothing', () => {
  const { ask } = terminal();
  ask(`create --raw ${PATH} -f -`, CM);
  const all = 'get configmaps,pods,events -A -o yaml';
  const before = ask(all).stdout;
  const pod = '/api/v1/namespaces/default/pods/one';
  expect(ask(`create --raw ${PATH}?dryRun=All -f -`, CM.replace('raw', 'dry')).stdout).toContain('"name":"dry"');
  expect(ask(`replace --raw ${PATH}/raw?dryRun=All -f -`, CM.replace('"v"', '"w"')).stdout).toContain('{"k":"w"}');
  expect(ask(`delete --raw ${PATH}/raw?dryRun=All`).stdout).toContain('"status":"Success","details":{"name":"raw"');
  expect(ask(`delete --raw ${pod}?dryRun=All`).stdout).toMatch(/"kind":"Pod".*"deletionGracePeriodSeconds":30/);
  expect(ask(`create --raw ${pod}/eviction?dryRun=All -f -`, '{}').stdout).toContain('"code":201');
  expect(ask(all).stdout).toBe(before);
});

test.each([
  [`create --raw ${PATH}?dryRun=Some -f -`, 'CreateOptions', '["Some"]'],
  [`replace --raw '${PATH}/raw?dryRun=All&dryRun=Some' -f -`, 'UpdateOptions', '["All","Some"]'],
  [`delete --raw ${PATH}/raw?dryRun=`, 'DeleteOptions', '[""]'],
])('%s: another dry run than of all is refused', (command, options, value) => {
  const stderr = `The ${options} "" is invalid: dryRun: Unsupported value: ${value}: supported values: "All"\n`;
  expect(terminal().ask(command, CM)).toMatchObject({ code: 1, stderr });
});

test.each([
  [`create --raw ${PATH}?fieldValidation=nonsense -f -`, 'CreateOptions'],
  [`replace --raw ${PATH}/raw?fieldValidation=nonsense -f -`, 'UpdateOptions'],
])('%s: another validation of fields than there is is refused', (command, options) => {
  const said = 'fieldValidation: Unsupported value: "nonsense": supported values: "", "Ignore", "Strict", "Warn"';
  const { ask } = terminal();
  expect(ask(command, CM)).toMatchObject({ code: 1, stderr: `The ${options} "" is invalid: ${said}\n` });
  expect(ask(command.replace('?', '?dryRun=x&'), CM).stderr).toBe(
    `The ${options} "" is invalid: \n* dryRun: Unsupported value: ["x"]: supported values: "All"\n* ${said}\n`,
  );
});

test('a deletion validates no fields', () => {
  const { ask } = terminal();
  ask(`create --raw ${PATH}?fieldValidation= -f -`, CM);
  expect(ask(`delete --raw ${PATH}/raw?fieldValidation=nonsense`).stdout).toContain('"status":"Success"');
});

test('unknown fields are treated as asked', () => {
  const { ask } = terminal();
  const body = CM.replace('"data"', '"dada"');
  expect(ask(`create --raw ${PATH}?fieldValidation=Strict -f -`, body).stderr).toBe(
    'Error from server (BadRequest): ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: unknown field "dada"\n',
  );
  expect(ask(`create --raw ${PATH} -f -`, body)).toMatchObject({ code: 0, stderr: 'Warning: unknown field "dada"\n' });
});

const DEFAULT = '/api/v1/namespaces/default';
const scale = (more: string, replicas: number): string =>
  `{"apiVersion":"autoscaling/v1","kind":"Scale","metadata":{"name":"web","namespace":"default"${more}},"spec":{"replicas":${replicas}}}`;
const WEB = '/apis/apps/v1/namespaces/default/deployments/web';
const namespace = (name: string): string =>
  `{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"${name}"},"spec":{"finalizers":[]}}`;
const binding = '{"apiVersion":"v1","kind":"Binding","metadata":{"name":"w"},"target":{"kind":"Node","name":"node-1"}}';
const seconds = (count: number): string =>
  `{"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest","spec":{"expirationSeconds":${count}}}`;

test('a Binding that is created gives its Pod a node', () => {
  const { ask } = terminal();
  const pod =
    '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"w"},"spec":{"schedulerName":"no","containers":[{"name":"c","image":"nginx"}]}}';
  expect(ask('create -f -', pod).code).toBe(0);
  expect(ask('create -f - --dry-run=client', binding).stdout).toBe('binding/w created (dry run)\n');
  expect(ask('create -f - --dry-run=server', binding).code).toBe(0);
  expect(ask('get pod w -o jsonpath={.spec.nodeName}').stdout).toBe('');
  expect(ask('create -f -', binding)).toMatchObject({ code: 0, stdout: 'status/<unknown> created\n', stderr: '' });
  expect(ask('get pod w -o jsonpath={.spec.nodeName}').stdout).toBe('node-1');
  expect(ask('create -f -', binding).stderr).toBe(
    'Error from server (Conflict): error when creating "STDIN": Operation cannot be fulfilled on pods/binding "w": pod w is already assigned to node "node-1"\n',
  );
});

test('of a Binding nothing is there to be read or changed, and kubectl apply knows no status', () => {
  const { ask } = terminal();
  const pod = (name: string, more = '') =>
    `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"${name}"},"spec":{"schedulerName":"no",${more}"containers":[{"name":"c","image":"nginx"}]}}`;
  for (const [name, more] of [['w'], ['gated', '"schedulingGates":[{"name":"a.b/c"}],']] as const)
    expect(ask('create -f -', pod(name, more)).code).toBe(0);
  const lines: readonly (readonly [command: string, body: string, stderr: string])[] = [
    [
      'create -f -',
      binding.replace('"w"', '"nope"'),
      'Error from server (NotFound): error when creating "STDIN": pods "nope" not found\n',
    ],
    [
      'create -f -',
      binding.replace('"w"', '"gated"'),
      'Error from server (Conflict): error when creating "STDIN": Operation cannot be fulfilled on pods/binding "gated": pod gated has non-empty .spec.schedulingGates\n',
    ],
    [
      'create -f -',
      binding.replace('"kind":"Node"', '"kind":"Pod"'),
      'Error from server: error when creating "STDIN": target.kind: Unsupported value: "Pod": supported values: "Node", "<empty>"\n',
    ],
    [
      'create -f -',
      binding.replace(/"target":.*/, '"target":{"kind":"Pod"}}'),
      'Error from server: error when creating "STDIN": [target.kind: Unsupported value: "Pod": supported values: "Node", "<empty>", target.name: Required value]\n',
    ],
    [
      'create --raw /api/v1/namespaces/default/pods/w/binding -f -',
      binding.replace('"w"', '"w","uid":"abc"'),
      'Error from server (Conflict): Operation cannot be fulfilled on pods "w": Precondition failed: UID in precondition: abc, UID in object meta: UID\n',
    ],
    [
      'apply -f -',
      binding.replace('"w"', '"w","uid":"abc","labels":{"x":"y"}'),
      'error: object does not implement the Object interfaces\n',
    ],
    [
      'apply -f -',
      binding,
      'Error from server (Conflict): error when creating "STDIN": Operation cannot be fulfilled on pods/binding "w": pod w is already assigned to node "node-1"\n',
    ],
    ['apply --server-side -f -', binding, NOT_FOUND],
    [
      'replace -f -',
      binding,
      'Error from server (NotFound): error when replacing "STDIN": the server could not find the requested resource\n',
    ],
    [
      'delete -f -',
      binding,
      'Error from server (NotFound): error when deleting "STDIN": the server could not find the requested resource\n',
    ],
    ['get -f -', binding, NOT_FOUND],
    ['get subjectaccessreview x', '', NOT_FOUND],
    ['get bindings', '', NOT_ALLOWED],
    ['describe binding', '', NOT_ALLOWED],
  ];
  for (const [command, body, stderr] of lines)
    expect([command, ask(command, body).stderr.replace(/meta: [-0-9a-f]+/, 'meta: UID')]).toEqual([command, stderr]);
  const written = ask('get pod w -o jsonpath={.spec.nodeName},{.metadata.labels},{.metadata.annotations}').stdout;
  expect(written).toContain(
    'node-1,{"x":"y"},{"kubectl.kubernetes.io/last-applied-configuration":"{\\"apiVersion\\":\\"v1\\",\\"kind\\":\\"Binding\\"',
  );
});

test('to bind on its own is a right of its own, and roles may name what is not simulated', () => {
  const { ask } = terminal();
  ask(
    'create -f -',
    '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"w"},"spec":{"schedulerName":"no","containers":[{"name":"c","image":"nginx"}]}}',
  );
  for (const [name, resource, user] of [
    ['b', 'bindings', 'alice'],
    ['pb', 'pods/binding', 'bob'],
  ]) {
    expect(ask(`create role ${name} --verb=create --resource=${resource}`).code).toBe(0);
    ask(`create rolebinding ${name} --role=${name} --user=${user}`);
  }
  expect(ask('create -f - --validate=false --as=bob', binding).stderr).toBe(
    'Error from server (Forbidden): error when creating "STDIN": bindings is forbidden: User "bob" cannot create resource "bindings" in API group "" in the namespace "default"\n',
  );
  expect(ask('create -f - --validate=false --as=alice', binding).code).toBe(0);
  const role = ask(
    'create clusterrole c --verb=get --resource=csr,resourceclaims.resource.k8s.io/status --dry-run=client -o jsonpath={.rules[*].resources}',
  );
  expect(role).toMatchObject({ stdout: '["certificatesigningrequests"] ["resourceclaims/status"]', stderr: '' });
  expect(ask('auth can-i get csr')).toMatchObject({
    stdout: 'yes\n',
    stderr: "Warning: resource 'certificatesigningrequests' is not namespace scoped in group 'certificates.k8s.io'\n\n",
  });
  expect(ask('create role d --verb=get --resource=nope').stderr).toBe(
    'the server doesn\'t have a resource type "nope"\n',
  );
});

test('parts of objects are written as a real server writes them', () => {
  const { ask, simulation } = terminal();
  const lines: readonly (readonly [command: string, body: string, answer: unknown])[] = [
    ['create ns gone', '', 'namespace/gone created\n'],
    ['apply -n gone -f -', CM.replace('"raw"', '"x","finalizers":["example.com/z"]'), 'configmap/x created\n'],
    ['delete ns gone --wait=false', '', 'namespace "gone" deleted\n'],
    ['replace --raw /api/v1/namespaces/gone/finalize -f -', namespace('gone'), /"spec":\{\},"status":\{"phase":"Ter/],
    ['replace --raw /api/v1/namespaces/nosuch/finalize -f -', namespace('nosuch'), /\(NotFound\): namespaces "nosuch"/],
    [
      'replace --raw /api/v1/namespaces/default/finalize -f -',
      namespace('other'),
      /the name of the object \(other\) does not match the name on the URL \(default\)/,
    ],
    ['create --raw /api/v1/namespaces/default/finalize -f -', namespace('default'), NOT_ALLOWED],
    ['create deployment web --image=nginx', '', 'deployment.apps/web created\n'],
    [`replace --raw ${WEB}/scale -f -`, scale('', 3), /"kind":"Scale".*"spec":\{"replicas":3\}/],
    [
      `replace --raw ${WEB}/scale -f -`,
      scale(',"resourceVersion":"1"', 3),
      /\(Conflict\): Operation cannot be fulfilled/,
    ],
    [`replace --raw ${WEB}/scale -f -`, scale('', -1), /^The Scale "web" is invalid: spec.replicas: Invalid value: -1/],
    [`create --raw ${WEB}/scale -f -`, '{}', NOT_ALLOWED],
    [`delete --raw ${WEB}/scale`, '', NOT_ALLOWED],
    [`replace --raw ${WEB}/foo -f -`, '{}', NOT_FOUND],
    [
      `create --raw ${DEFAULT}/serviceaccounts/default/token -f -`,
      seconds(60),
      /^The TokenRequest "" is invalid: spec.exp/,
    ],
    [`create --raw ${DEFAULT}/serviceaccounts/default/token -f -`, seconds(600), /"kind":"TokenRequest".*"token":"/],
    [
      'apply -f -',
      POD.replace('one', 'w').replace('{containers', '{schedulerName: none, containers'),
      'pod/w created\n',
    ],
    [`create --raw ${DEFAULT}/pods/w/binding -f -`, binding, /^\{"kind":"Status".*"code":201\}\n$/],
    [
      `create --raw ${DEFAULT}/pods/w/binding -f -`,
      binding,
      /pods\/binding "w": pod w is already assigned to node "node-1"/,
    ],
    [`get --raw ${DEFAULT}/pods/w/binding`, '', NOT_ALLOWED],
    ['get --raw /api/v1/nodes/node-1/proxy/healthz', '', /^kubestep: get --raw reads objects/],
    [`delete --raw ${DEFAULT}/pods/w/status`, '', NOT_ALLOWED],
  ];
  for (const [command, body, answer] of lines) {
    const { stdout, stderr } = ask(command, body || undefined);
    if (answer instanceof RegExp) expect(stdout + stderr, command).toMatch(answer);
    else expect(stdout + stderr, command).toBe(answer);
    simulation.run({ timeMs: simulation.nowMs + 1000 });
  }
  expect(ask('get ns gone').stderr).toBe('Error from server (NotFound): namespaces "gone" not found\n');
});
