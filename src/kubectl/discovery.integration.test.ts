/** Lists of a real 1.36.3 cluster. */
import { describe, expect, it } from 'vitest';
import { sha256 } from '../engine/api/sha256';
import { createTerminal } from '../testing/terminal';

describe('kubectl api-resources', () => {
  it('lists every kind of 1.36 and says which are only named', () => {
    const { run } = createTerminal();
    const { stdout, stderr } = run('api-resources');
    expect(stdout.trimEnd().split('\n')).toHaveLength(68);
    expect(stdout).toContain(
      '\npods                                po           v1                                true         Pod\n',
    );
    expect(stderr).toMatch(/^kubestep: not simulated: .*certificatesigningrequests/);
    expect(run('api-resources --api-group=apps -o name').stdout).toBe(
      'controllerrevisions.apps\ndaemonsets.apps\ndeployments.apps\nreplicasets.apps\nstatefulsets.apps\n',
    );
    expect(run('api-resources --verbs=deletecollection -o name').stdout).not.toMatch(/^namespaces$/m);
    expect(run('api-resources --categories=api-extensions -o name').stdout.split('\n')).toHaveLength(9);
    expect(run('api-versions').stdout.split('\n')).toContain('events.k8s.io/v1');
  });

  it('lists them in json, yaml and kyaml, fields in the order of their type', () => {
    const { run } = createTerminal();
    expect(run('api-resources --api-group=batch -o json').stdout).toContain(
      '    "groupVersion": "",\n    "resources": [\n        {\n            "name": "cronjobs",\n            "singularName": "cronjob",\n            "namespaced": true,\n            "group": "batch",',
    );
    expect(run('api-resources --api-group=nosuch -o kyaml').stdout).toBe(
      '---\n{\n  kind: "APIResourceList",\n  apiVersion: "v1",\n  groupVersion: "",\n  resources: null,\n}\n',
    );
    expect(run('api-resources --api-group=node.k8s.io -o yaml').stdout).toMatch(
      /^apiVersion: v1\ngroupVersion: ""\nkind: APIResourceList\nresources:\n- group: node.k8s.io\n {2}kind: RuntimeClass\n/,
    );
    expect(run('api-resources -o x').stderr).toBe(
      'error: unable to match a printer suitable for the output format "x", allowed formats are: json,kyaml,name,wide,yaml\n',
    );
  });

  it('says that the namespace is missing where an object is asked for in it', () => {
    const { run } = createTerminal();
    expect(run('label -n nosuch pod p a=b').stderr).toBe(
      'Error from server (NotFound): namespaces "nosuch" not found\n',
    );
    expect(run('get pod p').stderr).toBe('Error from server (NotFound): pods "p" not found\n');
  });
});

/** What the real server answers, by the beginning of its SHA-256. */
const DOCUMENTS = `
/apis/example.com/v1 5f09166d66072555
/apis/apps/v1 a0bdfad68d502386
/api/v1 308e3caea9809ab7
/apis/apps 9460e2a6e6c3b4df
/apis/batch/v1 34051acc4223b858
/apis/autoscaling d02f454564cd9a2d
/apis/autoscaling/v1 dd866c310de13f8c
/apis/policy/v1 fab037f07d279a12
/apis/networking.k8s.io/v1 d5c55ee7490b25b7
/apis/rbac.authorization.k8s.io/v1 c6708c9252fae007
/apis/storage.k8s.io/v1 acb6cfb82674e7e6
/apis/authorization.k8s.io/v1 647384f357001afe
/apis/authentication.k8s.io/v1 72736880a3f6d0c2
/apis/apiextensions.k8s.io/v1 78031cfd4f9352b3
/apis/apiregistration.k8s.io/v1 ea23fb6cf466b67e
/apis/coordination.k8s.io/v1 899efd97e330b56f
/apis/events.k8s.io/v1 3f25880dd4f6d966
/apis/discovery.k8s.io/v1 9710bb4483bdc53c
/apis/node.k8s.io/v1 723f0dcb94c28e3f
/apis/scheduling.k8s.io/v1 7f941543a83fbf59
/apis/admissionregistration.k8s.io/v1 c6d928bfff65069a
/apis/autoscaling/v2 e9a3baf0872ff369
/readyz?verbose&exclude=nosuch&exclude=log 2b8f54b8e5b22a21
/readyz?exclude=nosuch 2689367b205c16ce
/livez/etcd?verbose 2689367b205c16ce
/apis/apps/ 9460e2a6e6c3b4df
/apis/example.com 099b6961c9ddafa0
/apis/example.com/v2 dcd67f04ca55c3cb
/healthz 2689367b205c16ce
/readyz?verbose 227273cf89e72698
/livez?verbose&exclude=etcd 5e97818eb995262c
/readyz/etcd 2689367b205c16ce
/livez/ping 2689367b205c16ce
`;

const METERED = { flags: { 'metrics-server': {} } };

const THINGS = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: things.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {plural: things, singular: thing, kind: Thing, shortNames: [th], categories: [all]}
  versions:
  - name: v1
    served: true
    storage: true
    schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {replicas: {type: integer}}}}}}
    subresources: {status: {}, scale: {specReplicasPath: .spec.replicas, statusReplicasPath: .status.replicas}}
  - {name: v2, served: true, storage: false, schema: {openAPIV3Schema: {type: object}}}
`;

describe('kubectl get --raw of what is served', () => {
  const { run, world } = createTerminal(METERED);
  run('apply -f -', THINGS);
  world.runFor(1000);
  const said = (path: string): string => run(`get --raw '${path}'`).stdout;

  it.each(DOCUMENTS.trim().split('\n'))('is what a real server answers: %s', (row) => {
    const [path = '', digest] = row.split(' ');
    expect(sha256(said(path)).slice(0, 16), said(path)).toBe(digest);
  });

  it('names groups by priority, custom ones after those of the server, measured ones last', () => {
    const { groups } = JSON.parse(said('/apis')) as { groups: { name: string }[] };
    expect(groups.map(({ name }) => name)).toEqual(
      'apiregistration.k8s.io apps events.k8s.io authentication.k8s.io authorization.k8s.io autoscaling batch certificates.k8s.io networking.k8s.io policy rbac.authorization.k8s.io storage.k8s.io admissionregistration.k8s.io apiextensions.k8s.io scheduling.k8s.io coordination.k8s.io node.k8s.io discovery.k8s.io resource.k8s.io flowcontrol.apiserver.k8s.io example.com metrics.k8s.io'.split(
        ' ',
      ),
    );
    expect(said('/api')).toMatch(/^\{"kind":"APIVersions","versions":\["v1"\],/);
    expect((JSON.parse(said('/')) as { paths: string[] }).paths).toHaveLength(167);
    expect(JSON.parse(said('/apis/metrics.k8s.io/v1beta1'))).toMatchObject({
      resources: [
        { name: 'nodes', singularName: '', verbs: ['get', 'list'] },
        { name: 'pods', namespaced: true },
      ],
    });
  });

  it('reads parts of objects, and says no to those that are only written', () => {
    run('create deployment web --image=nginx:1 --replicas=2');
    const web = '/apis/apps/v1/namespaces/default/deployments/web';
    expect(said(`${web}/scale`)).toMatch(
      /^\{"kind":"Scale","apiVersion":"autoscaling\/v1","metadata":\{"name":"web",.*"spec":\{"replicas":2\},"status":\{"replicas":0,"selector":"app=web"\}\}\n$/,
    );
    expect(said(`${web}/status`)).toBe(said(web));
    expect(run(`get --raw ${web}/log`).stderr).toBe(
      'Error from server (NotFound): the server could not find the requested resource\n',
    );
    expect(run('get --raw /api/v1/namespaces/kube-system/finalize').stderr).toBe(
      'Error from server (MethodNotAllowed): the server does not allow this method on the requested resource\n',
    );
  });
});

describe('kubectl get apiservices', () => {
  it('names a version of every group that the server has, and that of the metrics server', () => {
    const { run } = createTerminal(METERED);
    const rows = run('get apiservices --no-headers').stdout.trimEnd().split('\n');
    expect(rows.map((row) => row.split(/ {2,}/).slice(0, 3).join(' '))).toEqual(
      expect.arrayContaining([
        'v1. Local True',
        'v1.apps Local True',
        'v2.autoscaling Local True',
        'v1beta1.metrics.k8s.io kube-system/metrics-server True',
      ]),
    );
    expect(rows).toHaveLength(22);
    expect(run('get apiservice v1.resource.k8s.io -o jsonpath={.spec}').stdout).toBe(
      '{"group":"resource.k8s.io","groupPriorityMinimum":16200,"version":"v1","versionPriority":21}',
    );
  });
});

describe('kubectl version', () => {
  const { run } = createTerminal();
  it('tells in json and yaml what a real client tells', () => {
    const { clientVersion, serverVersion } = JSON.parse(run('version -o json').stdout);
    expect(Object.keys(clientVersion)).toEqual(
      'major minor gitVersion gitCommit gitTreeState buildDate goVersion compiler platform'.split(' '),
    );
    expect(Object.keys(serverVersion)).toHaveLength(13);
    expect(run('version --client -o yaml').stdout).toBe(`clientVersion:
  buildDate: "1970-01-01T00:00:00Z"
  compiler: gc
  gitCommit: $Format:%H$
  gitTreeState: ""
  gitVersion: v1.36.3
  goVersion: go1.26.8
  major: "1"
  minor: "36"
  platform: linux/amd64
kustomizeVersion: v5.8.1

`);
  });

  it.each([
    ['api-versions x', "error: unexpected arguments: [x]\nSee 'kubectl api-versions -h' for help and examples\n"],
    ['config view x', "error: unexpected arguments: [x]\nSee 'kubectl config view -h' for help and examples\n"],
    ['config use-context a b', 'error: Unexpected args: [a b]\n'],
    ['config get-contexts x', 'error: context x not found\n'],
    ['config unset x', expect.stringContaining('kubestep: kubectl config unset is not simulated')],
    ['get pods --request-timeout=x', expect.stringMatching(/^error: Invalid timeout value. Timeout must be a single/)],
    ['get pods --request-timeout=1m1s', 'No resources found in default namespace.\n'],
    ['version x', 'error: extra arguments: [x]\n'],
    ['logs p --tail=-5', 'error: error from server (NotFound): pods "p" not found in namespace "default"\n'],
    [
      'logs -l a=b --tail=-5',
      'No resources found in default namespace.\nerror: --tail must be greater than or equal to -1\n',
    ],
  ])('%s is refused in its words', (command, stderr) => {
    expect(run(command).stderr).toEqual(stderr);
  });
});
