/** A custom kind from its definition to its end, as somebody at a terminal sees it. */
import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../engine/api/meta';
import type { CustomResourceDefinition } from '../engine/api/types';
import { createTerminal, type Terminal } from '../testing/terminal';

const CRONTAB = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: crontabs.stable.example.com}
spec:
  group: stable.example.com
  scope: Namespaced
  names: {plural: crontabs, kind: CronTab, shortNames: [ct], categories: [tasks]}
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        type: object
        properties:
          spec:
            type: object
            required: [cronSpec]
            properties:
              cronSpec: {type: string, pattern: '^(\\S+ ){4}\\S+$'}
              image: {type: string}
              replicas: {type: integer, default: 1, minimum: 0}
          status:
            type: object
            properties:
              replicas: {type: integer}
              selector: {type: string}
    subresources:
      status: {}
      scale: {specReplicasPath: .spec.replicas, statusReplicasPath: .status.replicas, labelSelectorPath: .status.selector}
    additionalPrinterColumns:
    - {name: Spec, type: string, jsonPath: .spec.cronSpec}
    - {name: Replicas, type: integer, jsonPath: .spec.replicas}
    - {name: Image, type: string, jsonPath: .spec.image, priority: 1}
    - {name: Age, type: date, jsonPath: .metadata.creationTimestamp}
`;

const TAB = `
apiVersion: stable.example.com/v1
kind: CronTab
metadata: {name: my-tab}
spec: {cronSpec: '* * * * 5', image: cron:1}
`;

function withCronTabs(): Terminal {
  const terminal = createTerminal({ nodes: 1 });
  terminal.run('apply -f -', CRONTAB);
  terminal.world.runFor(1_000);
  return terminal;
}

const get = (terminal: Terminal, kind: string, namespace: string | undefined, name: string): KubeObject =>
  terminal.world.get(kind, namespace as string, name);

describe('a custom kind', () => {
  it('is not known before its definition is established, even to what follows it in one file', () => {
    const { run } = createTerminal();
    const { stdout, stderr } = run('apply -f -', `${CRONTAB}---${TAB}`);
    expect(stdout).toBe('customresourcedefinition.apiextensions.k8s.io/crontabs.stable.example.com created\n');
    expect(stderr).toBe(
      'error: resource mapping not found for name: "my-tab" namespace: "" from "STDIN": no matches for kind "CronTab" in version ' +
        '"stable.example.com/v1"\nensure CRDs are installed first\n',
    );
    expect(run('wait --for=condition=Established crd/crontabs.stable.example.com').stdout).toBe(
      'customresourcedefinition.apiextensions.k8s.io/crontabs.stable.example.com condition met\n',
    );
    expect(run('apply -f -', TAB).stdout).toBe('crontab.stable.example.com/my-tab created\n');
  });

  it('is named, listed and shown', () => {
    const terminal = withCronTabs();
    const { run } = terminal;
    const definition = get(terminal, 'CustomResourceDefinition', undefined, 'crontabs.stable.example.com');
    expect((definition as CustomResourceDefinition).status).toMatchObject({
      acceptedNames: { kind: 'CronTab', listKind: 'CronTabList', plural: 'crontabs', singular: 'crontab' },
      conditions: [
        { type: 'NamesAccepted', status: 'True', reason: 'NoConflicts' },
        { type: 'Established', status: 'True', reason: 'InitialNamesAccepted' },
      ],
      storedVersions: ['v1'],
    });
    run('apply -f -', TAB);
    expect(run('api-resources --api-group=stable.example.com').stdout).toBe(
      'NAME       SHORTNAMES   APIVERSION              NAMESPACED   KIND\n' +
        'crontabs   ct           stable.example.com/v1   true         CronTab\n',
    );
    const table = 'NAME     SPEC        REPLICAS   AGE\nmy-tab   * * * * 5   1          0s\n';
    for (const name of [
      'crontabs',
      'crontab',
      'ct',
      'CronTab',
      'crontabs.stable.example.com',
      'crontabs.v1.stable.example.com',
      'tasks',
    ]) {
      expect(run(`get ${name}`).stdout, name).toBe(table);
    }
    expect(run('get ct -o wide').stdout).toBe(
      'NAME     SPEC        REPLICAS   IMAGE    AGE\nmy-tab   * * * * 5   1          cron:1   0s\n',
    );
    expect(run('get ct my-tab -o jsonpath={.spec}').stdout).toBe(
      '{"cronSpec":"* * * * 5","image":"cron:1","replicas":1}',
    );
    expect(run('describe ct my-tab').stdout).toContain('Cron Spec:  * * * * 5');
    expect(run('get crd').stdout).toMatch(/^NAME +CREATED AT\ncrontabs\.stable\.example\.com +2026-/);
  });

  it('is held to its schema', () => {
    const { run } = withCronTabs();
    const refused = (spec: string): string => run('apply -f -', TAB.replace(/spec: .*/, `spec: ${spec}`)).stderr;
    expect(refused(`{cronSpec: '* * * * 5', replicas: many}`)).toBe(
      'The CronTab "my-tab" is invalid: \n' +
        '* spec.replicas: Invalid value: "string": spec.replicas in body must be of type integer: "string"\n' +
        '* .spec.replicas: Invalid value: 0: .spec.replicas accessor error: many is of the type string, expected int64\n',
    );
    expect(refused('{image: x}')).toBe('The CronTab "my-tab" is invalid: spec.cronSpec: Required value\n');
    expect(refused(`{cronSpec: '* * *'}`)).toBe(
      `The CronTab "my-tab" is invalid: spec.cronSpec: Invalid value: "* * *": spec.cronSpec in body should match '^(\\S+ ){4}\\S+$'\n`,
    );
    expect(refused(`{cronSpec: '* * * * 5', colour: red}`)).toContain(
      'strict decoding error: unknown field "spec.colour"',
    );
  });

  it('is changed, scaled and patched', () => {
    const terminal = withCronTabs();
    const { run } = terminal;
    run('apply -f -', TAB);
    const tab = (): KubeObject => get(terminal, 'CronTab.stable.example.com', 'default', 'my-tab');
    expect(run('apply -f -', TAB).stdout).toBe('crontab.stable.example.com/my-tab unchanged\n');
    expect(run('apply -f -', TAB.replace(', image: cron:1', '')).stdout).toBe(
      'crontab.stable.example.com/my-tab configured\n',
    );
    expect(tab().spec).toEqual({ cronSpec: '* * * * 5', replicas: 1 });
    expect(tab().metadata.generation).toBe(2);
    expect(run('scale ct my-tab --replicas=3').stdout).toBe('crontab.stable.example.com/my-tab scaled\n');
    expect(tab().spec).toEqual({ cronSpec: '* * * * 5', replicas: 3 });
    expect(run(`patch ct my-tab --type=merge -p '{"spec":{"image":"b"}}'`).stdout).toBe(
      'crontab.stable.example.com/my-tab patched\n',
    );
    expect(run(`patch ct my-tab -p '{"spec":{"image":"b"}}'`).stderr).toBe(
      'error: application/strategic-merge-patch+json is not supported by stable.example.com/v1, Kind=CronTab: ' +
        'the body of the request was in an unknown format - accepted media types include: ' +
        'application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml\n',
    );
    expect(run(`patch ct my-tab --dry-run=client -p '{"spec":{"image":"b"}}'`).stderr).toBe(
      'error: strategic merge patch is not supported for stable.example.com/v1, Kind=CronTab locally, try --type merge\n',
    );
    expect(run(`patch ct my-tab --subresource=resize --type=merge -p '{}'`).stderr).toBe(
      'Error from server (NotFound): crontabs.stable.example.com "my-tab" not found\n',
    );
    expect(run(`patch cm none --subresource=scale -p '{}'`).stderr).toBe(
      'Error from server (NotFound): the server could not find the requested resource\n',
    );
    expect(run('label ct my-tab a=b').stdout).toBe('crontab.stable.example.com/my-tab labeled\n');
    expect(tab().metadata.generation).toBe(4);
    terminal.world.client.updateStatus({ ...tab(), status: { replicas: 2 } });
    expect(tab()).toMatchObject({ status: { replicas: 2 }, metadata: { generation: 4 } });
  });

  it('goes with its definition, instances first', () => {
    const terminal = withCronTabs();
    const { run, world } = terminal;
    run('apply -f -', TAB.replace('my-tab}', 'my-tab, finalizers: [example.com/wait]}'));
    terminal.type('delete crd crontabs.stable.example.com');
    world.runFor(1_000);
    const definition = get(terminal, 'CustomResourceDefinition', undefined, 'crontabs.stable.example.com');
    expect(definition.metadata.finalizers).toEqual(['customresourcecleanup.apiextensions.k8s.io']);
    expect((definition as CustomResourceDefinition).status.conditions?.at(-1)).toMatchObject({
      type: 'Terminating',
      status: 'True',
      reason: 'InstanceDeletionInProgress',
    });
    expect(run('apply -f -', TAB.replace('my-tab', 'other')).stderr).toContain(
      'create not allowed while custom resource definition is terminating',
    );
    run(`patch ct my-tab --type=merge -p '{"metadata":{"finalizers":null}}'`);
    world.runFor(10_000);
    expect(run('get ct').stderr).toBe(`error: the server doesn't have a resource type "ct"\n`);
    expect(run('get crd').stderr).toBe('No resources found\n');
  });

  it('takes what its objects own with it when its definition is deleted', () => {
    const terminal = withCronTabs();
    const { run, world } = terminal;
    run('apply -f -', TAB);
    const { uid } = get(terminal, 'CronTab.stable.example.com', 'default', 'my-tab').metadata;
    const owner = `{apiVersion: stable.example.com/v1, kind: CronTab, name: my-tab, uid: ${uid}}`;
    run('apply -f -', `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: owned, ownerReferences: [${owner}]}\n`);
    world.runFor(2_000);
    run('delete crd crontabs.stable.example.com');
    world.runFor(2_000);
    expect(run('get cm owned').stderr).toContain('not found');
  });

  it('is collected with its owner and with its namespace', () => {
    const terminal = withCronTabs();
    const { run, world } = terminal;
    run('apply -f -', TAB);
    const { uid } = get(terminal, 'CronTab.stable.example.com', 'default', 'my-tab').metadata;
    const owned = (kind: string, apiVersion: string, more: string): string =>
      `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: owned, ownerReferences: [{apiVersion: stable.example.com/v1, kind: CronTab, name: my-tab, uid: ${uid}}]}\n${more}`;
    run('apply -f -', owned('ConfigMap', 'v1', ''));
    run('apply -f -', owned('CronTab', 'stable.example.com/v1', `spec: {cronSpec: '* * * * 1'}`));
    world.runFor(2_000);
    expect(run('get cm,ct -o name').stdout).toContain('crontab.stable.example.com/owned');
    run('delete ct my-tab');
    world.runFor(2_000);
    expect(run('get ct').stderr).toBe('No resources found in default namespace.\n');
    expect(run('get cm owned').stderr).toContain('not found');
    run('create namespace shop');
    run('apply -n shop -f -', TAB);
    run('delete namespace shop');
    expect(run('get ct -A').stderr).toBe('No resources found\n');
  });
});

it('a custom kind named like a built-in one is another kind', () => {
  const knative = CRONTAB.replaceAll('crontabs', 'services')
    .replaceAll('CronTab', 'Service')
    .replaceAll('stable.example.com', 'serving.knative.dev')
    .replace('shortNames: [ct], ', 'shortNames: [svc], ');
  const terminal = createTerminal({ nodes: 1 });
  const { run, world } = terminal;
  run('apply -f -', knative);
  world.runFor(1_000);
  const service = TAB.replace('stable.example.com', 'serving.knative.dev').replace('CronTab', 'Service');
  expect(run('apply -f -', service).stdout).toBe('service.serving.knative.dev/my-tab created\n');
  expect(run('get svc -o name').stdout).toBe('service/kubernetes\n');
  expect(run('get services.serving.knative.dev -o name').stdout).toBe('service.serving.knative.dev/my-tab\n');
  expect(world.list('Service').map(({ metadata }) => metadata.name)).toEqual(['kubernetes']);
  expect(run('create service clusterip my-tab --tcp=80').stdout).toBe('service/my-tab created\n');
});

it('names that another definition of the group holds are refused', () => {
  const terminal = withCronTabs();
  const other = CRONTAB.replaceAll('crontabs', 'crontabz').replace('kind: CronTab,', 'kind: CronTabz,');
  terminal.run('apply -f -', other);
  terminal.world.runFor(1_000);
  const { status } = get(
    terminal,
    'CustomResourceDefinition',
    undefined,
    'crontabz.stable.example.com',
  ) as CustomResourceDefinition;
  expect(status.conditions).toMatchObject([
    { type: 'NamesAccepted', status: 'False', reason: 'ShortNamesConflict', message: '"ct" is already in use' },
    { type: 'Established', status: 'False', reason: 'NotAccepted', message: 'not all names are accepted' },
  ]);
  terminal.run('delete crd crontabs.stable.example.com');
  terminal.world.runFor(2_000);
  expect(terminal.run('get ct').stderr).toBe('No resources found in default namespace.\n');
});

it('several versions show one object, each in its own way', () => {
  const terminal = createTerminal({ nodes: 1 });
  const { run, world } = terminal;
  run(
    'apply -f -',
    CRONTAB.replace(
      '    subresources:',
      `  - name: v1beta1
    served: true
    storage: false
    deprecated: true
    schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {cronSpec: {type: string}, zone: {type: string, default: UTC}}}}}}
    subresources:`,
    ),
  );
  world.runFor(1_000);
  run('apply -f -', TAB);
  const old = run('get crontabs.v1beta1.stable.example.com my-tab -o jsonpath={.apiVersion}{.spec}');
  expect(old.stdout).toBe('stable.example.com/v1beta1{"cronSpec":"* * * * 5","zone":"UTC"}');
  expect(old.stderr).toBe(
    'Warning: stable.example.com/v1beta1 CronTab is deprecated; use stable.example.com/v1 CronTab\n',
  );
  expect(run('get ct my-tab -o jsonpath={.apiVersion}').stdout).toBe('stable.example.com/v1');
});

it('kinds of versions that are no longer served get the real answer', () => {
  const { run } = createTerminal();
  const manifest = 'apiVersion: extensions/v1beta1\nkind: Deployment\nmetadata: {name: a}\n';
  expect(run('apply -f -', manifest).stderr).toBe(
    'error: resource mapping not found for name: "a" namespace: "" from "STDIN": no matches for kind "Deployment" in version ' +
      '"extensions/v1beta1"\nensure CRDs are installed first\n',
  );
  expect(
    run(
      'apply -f -',
      manifest.replace('extensions/v1beta1', 'resource.k8s.io/v1').replace('Deployment', 'ResourceClaim'),
    ).stderr,
  ).toContain('kubestep: ResourceClaim is not simulated: devices are not simulated');
  expect(
    run('apply -f -', manifest.replace('extensions/v1beta1', 'batch/v1beta1').replace('Deployment', 'CronJob')).stderr,
  ).not.toContain('simulated');
});

/** A definition that keeps whatever its objects say. */
function open(group: string, version: string, kind: string, plural: string): string {
  return `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: ${plural}.${group}}
spec:
  group: ${group}
  scope: Namespaced
  names: {plural: ${plural}, kind: ${kind}}
  versions:
  - name: ${version}
    served: true
    storage: true
    schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, x-kubernetes-preserve-unknown-fields: true}}}}
`;
}

it.each([
  [
    'traefik.containo.us',
    'v1alpha1',
    'IngressRoute',
    'ingressroutes',
    '{entryPoints: [web], routes: [{match: Host(`a.b`), kind: Rule, services: [{name: web, port: 80}]}], tls: {}}',
  ],
  ['traefik.containo.us', 'v1alpha1', 'Middleware', 'middlewares', '{redirectScheme: {scheme: https}}'],
  [
    'ceph.rook.io',
    'v1',
    'CephFilesystem',
    'cephfilesystems',
    '{metadataPool: {replicated: {size: 3}}, dataPools: [{replicated: {size: 3}}], metadataServer: {activeCount: 1, activeStandby: true}}',
  ],
  ['ceph.rook.io', 'v1', 'CephBlockPool', 'cephblockpools', '{failureDomain: host, replicated: {size: 3}}'],
])('%s/%s %s is accepted once it is defined', (group, version, kind, plural, spec) => {
  const { run, world } = createTerminal({ nodes: 1 });
  const manifest = `apiVersion: ${group}/${version}\nkind: ${kind}\nmetadata: {name: x}\nspec: ${spec}\n`;
  expect(run('apply -f -', manifest).stderr).toContain(
    `no matches for kind "${kind}" in version "${group}/${version}"`,
  );
  run('apply -f -', open(group, version, kind, plural));
  world.runFor(1_000);
  expect(run('apply -f -', manifest).stdout).toBe(`${kind.toLowerCase()}.${group}/x created\n`);
  const written = run(`get ${plural} x -o yaml`).stdout;
  expect(run('apply -f -', manifest).stdout).toBe(`${kind.toLowerCase()}.${group}/x unchanged\n`);
  expect(run('replace -f -', written).stdout).toBe(`${kind.toLowerCase()}.${group}/x replaced\n`);
  expect(run(`get ${plural} x -o yaml`).stdout).toBe(written);
});

it('looking back finds the kinds that were defined then', () => {
  const terminal = withCronTabs();
  const { run, world } = terminal;
  run('apply -f -', TAB);
  const defined = world.simulation.step;
  run('delete crd crontabs.stable.example.com');
  world.runFor(1_000);
  expect(run('get ct').stderr).toContain(`the server doesn't have a resource type "ct"`);
  const past = world.simulation.fork(defined);
  past.act({ to: 'user', kind: 'kubectl', payload: { command: 'get ct' } });
  past.run({ timeMs: past.nowMs + 100 });
  const details = Array.from({ length: past.step }, (_, index) => past.detailAt(index + 1));
  expect(details.at(-1)).toMatchObject({ command: 'get ct', code: 0 });
});

it('is unknown to commands that read Go types', () => {
  const { run } = withCronTabs();
  run('create -f -', TAB);
  const unknown =
    'error: no kind "CronTab" is registered for version "stable.example.com/v1" in scheme "pkg/runtime/scheme.go:111"\n';
  for (const line of [
    'rollout status ct/my-tab',
    'rollout restart ct/my-tab',
    'logs ct/my-tab',
    'expose ct my-tab --port=80',
    'set image ct/my-tab a=b',
  ]) {
    expect([line, run(line).stderr]).toEqual([line, unknown]);
  }
  expect(run('label ct my-tab a=b').code).toBe(0);
  expect(run('rollout status ct/no-tab').stderr).toMatch('"no-tab" not found');
  expect(run('api-resources --api-group=stable.example.com -o wide --no-headers').stdout).toMatch(
    ' delete,deletecollection,get,list,patch,create,update,watch ',
  );
});
