import { describe, expect, it } from 'vitest';
import { createTerminal } from '../testing/terminal';

/** Lines and what they print, standard error after `!`. */
function session(lines: readonly (readonly [command: string, output: unknown, stdin?: string])[]): void {
  const { run } = createTerminal({ nodes: 1 });
  const seen = lines.map(([command, , stdin]) => {
    const { stdout, stderr } = run(command, stdin);
    return [command, `${stdout}${stderr.replace(/^(?=.)/gm, '!')}`.trimEnd()];
  });
  expect(seen).toEqual(lines.map(([command, output]) => [command, output]));
}

describe('flags that were once taken and not read', () => {
  it('--overrides and --override-type', () => {
    session([
      [`run one --image=app:1 --overrides='{"spec":{"terminationGracePeriodSeconds":7}}'`, 'pod/one created'],
      ['get pod one -o jsonpath={.spec.terminationGracePeriodSeconds}', '7'],
      [
        `run two --image=app:1 --override-type=strategic --overrides='{"spec":{"containers":[{"name":"two","resources":{"requests":{"cpu":"100m"}}}]}}'`,
        'pod/two created',
      ],
      [
        `get pod two -o jsonpath='{.spec.containers[0].image} {.spec.containers[0].resources}'`,
        'app:1 {"requests":{"cpu":"100m"}}',
      ],
      [
        `run six --image=app:1 --override-type=json --overrides='[{"op":"replace","path":"/spec/containers/0/image","value":"app:9"}]' --dry-run=client -o jsonpath={.spec.containers[0].image}`,
        'app:9',
      ],
      [`run four --image=app:1 --overrides='not json'`, '!error: Invalid JSON Patch'],
      [`run four --image=app:1 --overrides='{}' --override-type=x`, '!error: invalid override type: x'],
      [
        `expose pod one --port=80 --overrides='{"spec":{"type":"NodePort","ports":[{"port":80,"nodePort":30099}]}}'`,
        'service/one exposed',
      ],
      [`get svc one -o jsonpath='{.spec.type} {.spec.ports[0].nodePort}'`, 'NodePort 30099'],
    ]);
  });

  it('--dry-run in its old forms is told of once, and one that is none before anything else', () => {
    const old = '!W0101 00:00:00.000000       1 helpers.go:719]';
    session([
      [
        'cordon node-1 --dry-run',
        `node/node-1 cordoned (dry run)\n${old} --dry-run is deprecated and can be replaced with --dry-run=client.`,
      ],
      [
        'drain node-1 --dry-run=true',
        `node/node-1 cordoned (dry run)\nnode/node-1 drained (dry run)\n${old} --dry-run=true is deprecated (boolean value) and can be replaced with --dry-run=client.`,
      ],
      [
        'label node node-1 a/b/c=d --dry-run=x',
        '!error: Invalid dry-run value (x). Must be "none", "server", or "client".',
      ],
      [
        'autoscale deploy/web --max=0 --cpu-percent=5 --dry-run=x',
        "!Flag --cpu-percent has been deprecated, Use --cpu with percentage or resource quantity format (e.g., '70%' for utilization or '500m' for milliCPU).\n" +
          '!error: Invalid dry-run value (x). Must be "none", "server", or "client".',
      ],
    ]);
  });

  it('an --output that is none is told of after what get does not find', () => {
    const { run } = createTerminal({ nodes: 1 });
    const told = (line: string) => run(line).stderr.split(',')[0];
    const unknown = 'error: unable to match a printer suitable for the output format "x"';
    expect(told('get pods -o x')).toBe(unknown);
    expect(told('get pods a b -o x')).toBe(unknown);
    expect(told('get pods a -o x')).toBe('Error from server (NotFound): pods "a" not found\n');
    expect(told('get nosuch -o x')).toBe(`error: the server doesn't have a resource type "nosuch"\n`);
    expect(told('get pods a -l b -o x')).toBe('error: name cannot be provided when a selector is specified\n');
    expect(told('get pods a -A -o x')).toBe('error: a resource cannot be retrieved by name across all namespaces\n');
  });

  it('JSON of what kubectl holds as Go types has their order of fields, other JSON that of the names', () => {
    const { run } = createTerminal({ nodes: 1 });
    run('create deployment web --image=app:1');
    const keys = (line: string) => Object.keys(JSON.parse(run(line).stdout) as object).join(' ');
    const typed = 'kind apiVersion metadata spec status';
    const named = 'apiVersion kind metadata spec status';
    expect(keys('create deployment x --image=app:1 --dry-run=client -o json')).toBe(typed);
    expect(keys('set image deploy/web app=app:2 -o json')).toBe(typed);
    expect(keys('set env deploy/web A=b --dry-run=client -o json')).toBe(typed);
    expect(keys('rollout restart deploy/web -o json')).toBe(typed);
    expect(keys('expose deploy/web --port=80 -o json')).toBe(typed);
    expect(keys('taint node node-1 a=b:NoSchedule -o json')).toBe(typed);
    expect(keys('taint node node-1 c=d:NoSchedule -o json --dry-run=client')).toBe(named);
    expect(keys('scale deploy/web --replicas=2 -o json')).toBe(named);
    expect(keys('label deploy/web a=b -o json')).toBe(named);
    expect(keys('get deploy web -o json')).toBe(named);
  });

  it.each([
    [
      '{"op":"remove","path":"/a"}',
      "error in remove for path: '/a': Unable to remove nonexistent key: a: missing value",
    ],
    ['{"op":"remove","path":"/a/b"}', 'remove operation does not apply: doc is missing path: "/a/b": missing value'],
    ['{"op":"replace","path":"/a/b"}', 'replace operation does not apply: doc is missing path: /a/b: missing value'],
    ['{"op":"test","path":"/kind","value":1}', 'testing value /kind failed: test failed'],
    ['{"op":"bogus","path":"/kind"}', 'Unexpected kind: bogus'],
    [
      '{"op":"copy","from":"/a/b","path":"/c"}',
      'copy operation does not apply: doc is missing from path: /a/b: missing value',
    ],
    [
      '{"op":"move","from":"/a","path":"/c"}',
      "error in move for path: 'a': Unable to remove nonexistent key: a: missing value",
    ],
    [
      '{"op":"remove","path":"/metadata/finalizers/x"}',
      `error in remove for path: '/metadata/finalizers/x': strconv.Atoi: parsing "x": invalid syntax`,
    ],
    [
      '{"op":"add","path":"/metadata/finalizers/9","value":1}',
      "error in add for path: '/metadata/finalizers/9': Unable to access invalid index: 9: invalid index referenced",
    ],
  ])('kubectl says itself why it can not patch with %s', (operation, why) => {
    const { run } = createTerminal({ nodes: 1 });
    run('apply -f -', '{apiVersion: v1, kind: ConfigMap, metadata: {name: c, finalizers: [a.b/c]}}');
    const patch = `patch cm c --type=json -p '[${operation}]'`;
    expect(run(`${patch} --dry-run=client`).stderr).toBe(`error: ${why}\n`);
    expect(run(patch).stderr).toBe(
      'The request is invalid: the server rejected our request due to an error in our request\n',
    );
  });

  it('a dry run of the server asks whether a node port is taken, not whether there is one', () => {
    session([
      ['create service nodeport s --tcp=80 --node-port=99 --dry-run=server', 'service/s created (server dry run)'],
      ['create service nodeport s --tcp=80 --node-port=30099', 'service/s created'],
      [
        'create service nodeport t --tcp=80 --node-port=30099 --dry-run=server',
        '!error: failed to create NodePort service: Service "t" is invalid: spec.ports[0].nodePort: Invalid value: 30099: provided port is already allocated',
      ],
    ]);
  });

  it('a list with nothing in it, and the flags of annotate and proxy', () => {
    session([
      ['create role r --verb= --resource=pods --dry-run=client', '!error: at least one verb must be specified'],
      [
        'annotate node node-1 --list --dry-run=client -o json',
        'node.alpha.kubernetes.io/ttl=0\nvolumes.kubernetes.io/controller-managed-attach-detach=true',
      ],
      ['label ns default --list -o json', '!error: --list and --output may not be specified together'],
      [
        'proxy -p x',
        `!error: invalid argument "x" for "-p, --port" flag: strconv.ParseInt: parsing "x": invalid syntax\n!See 'kubectl proxy --help' for usage.`,
      ],
    ]);
  });

  it('--load-balancer-ip', () => {
    session([
      ['run one --image=app:1', 'pod/one created'],
      ['expose pod one --port=80 --name=lb --type=LoadBalancer --load-balancer-ip=1.2.3.4', 'service/lb exposed'],
      ['get svc lb -o jsonpath={.spec.loadBalancerIP}', '1.2.3.4'],
      ['expose pod one --port=80 --name=c --load-balancer-ip=1.2.3.4', 'service/c exposed'],
      ['get svc c -o jsonpath={.spec.loadBalancerIP}', ''],
    ]);
  });

  it('--validate', () => {
    const odd = (name: string) => `{apiVersion: v1, kind: ConfigMap, metadata: {name: ${name}}, dada: {a: b}}`;
    session([
      ['apply --validate=false -f -', 'configmap/v created', odd('v')],
      ['apply --validate=warn -f -', 'configmap/w created\n!Warning: unknown field "dada"', odd('w')],
      ['create --validate=ignore -f -', 'configmap/x created', odd('x')],
      [
        'create --validate -f -',
        '!Error from server (BadRequest): error when creating "STDIN": ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: unknown field "dada"',
        odd('strict'),
      ],
      ['apply -f -', expect.stringContaining('strict decoding error: unknown field "dada"'), odd('z')],
      [
        'apply --validate=foo -f -',
        expect.stringContaining('must be one of: strict (or true), warn, ignore'),
        odd('z'),
      ],
    ]);
  });

  it('--raw', () => {
    session([
      ['create configmap v --from-literal=a=b', 'configmap/v created'],
      [
        'get --raw /api/v1/namespaces/default/configmaps/v',
        expect.stringMatching(/^\{"kind":"ConfigMap","apiVersion":"v1","metadata":\{.*"data":\{"a":"b"\}\}$/),
      ],
      [
        'get --raw /api/v1/namespaces/default/secrets',
        expect.stringMatching(
          /^\{"kind":"SecretList","apiVersion":"v1","metadata":\{"resourceVersion":"\d+"\},"items":\[\]\}$/,
        ),
      ],
      [
        'get --raw /apis/apps/v1/namespaces/default/deployments?labelSelector=a%3Db',
        expect.stringMatching(
          /^\{"kind":"DeploymentList","apiVersion":"apps\/v1","metadata":\{"resourceVersion":"\d+"\}/,
        ),
      ],
      ['get --raw /healthz', 'ok'],
      ['get --raw /api/v1/nonsense', '!Error from server (NotFound): the server could not find the requested resource'],
      ['get --raw healthz', '!error: --raw must be a valid URL path: parse "healthz": invalid URI for request'],
      ['get pods --raw /healthz', '!error: arguments may not be passed when --raw is specified'],
      ['get --raw /healthz -o json', '!error: --raw and --output are mutually exclusive'],
      ['get --raw /readyz', 'ok'],
      ['get --raw /livez/ping', 'ok'],
      [
        'get --raw /readyz?verbose',
        expect.stringMatching(/^\[\+\]ping ok\n[\s\S]*\[\+\]shutdown ok\nreadyz check passed$/),
      ],
      ['get --raw /version', expect.stringContaining('"gitVersion": "v1.36.3",')],
      [
        'get --raw /apis/apps',
        '{"kind":"APIGroup","apiVersion":"v1","name":"apps","versions":[{"groupVersion":"apps/v1","version":"v1"}],"preferredVersion":{"groupVersion":"apps/v1","version":"v1"}}',
      ],
      ['get --raw /version/', expect.stringContaining('"gitVersion": "v1.36.3",')],
      ['get --raw /apis/apps/', expect.stringContaining('{"kind":"APIGroup","apiVersion":"v1","name":"apps",')],
      ['get --raw /api/v1/namespaces/default/configmaps/v/', expect.stringContaining('{"kind":"ConfigMap",')],
      ['get --raw /openapi/v2', expect.stringContaining('kubestep: get --raw reads objects')],
      ['get --raw /metrics', expect.stringContaining('kubestep: get --raw reads objects')],
      // A real one knows its health only without the slash.
      ['get --raw /healthz/', '!Error from server (NotFound): the server could not find the requested resource'],
      ['get --raw /apis/nope', '!Error from server (NotFound): the server could not find the requested resource'],
    ]);
  });

  it('--allow-missing-template-keys=false', () => {
    const template = '{{.metadata.name}}-{{.data.nope}}';
    const strict = '--allow-missing-template-keys=false';
    session([
      ['create configmap v --from-literal=a=b', 'configmap/v created'],
      [`get cm v -o go-template=${template}`, 'v-<no value>'],
      [
        `get cm v -o go-template=${template} ${strict}`,
        expect.stringMatching(
          /^v-Error executing template: template: output:1:26: executing "output" at <\.data\.nope>: map has no entry for key "nope"\. Printing[\s\S]*!error: error executing template "\{\{\.metadata\.name\}\}-\{\{\.data\.nope\}\}": template: output:1:26: executing "output" at <\.data\.nope>: map has no entry for key "nope"$/,
        ),
      ],
      [
        `get cm v -o jsonpath={.data.nope.x} ${strict}`,
        expect.stringMatching(
          /^!error: error executing jsonpath "\{\.data\.nope\.x\}": Error executing template: nope is not found\. Printing/,
        ),
      ],
      [`get cm v -o jsonpath={.data.a} ${strict}`, 'b'],
    ]);
  });

  it('--server-print=false', () => {
    session([
      ['run one --image=app:1', 'pod/one created'],
      ['get pods --server-print=false', expect.stringMatching(/^NAME {3}AGE\none {4}\d+m?s$/)],
    ]);
  });

  it('numbers as Go reads them', () => {
    session([
      ['create deployment d --image=app:1 --replicas=0', 'deployment.apps/d created'],
      [
        'scale deploy d --replicas=9999999999999999999999',
        expect.stringContaining(
          '!error: invalid argument "9999999999999999999999" for "--replicas" flag: strconv.ParseInt: parsing "9999999999999999999999": value out of range',
        ),
      ],
      ['scale deploy d --replicas=1.5', expect.stringContaining('strconv.ParseInt: parsing "1.5": invalid syntax')],
      ['scale deploy d --replicas=0x2', 'deployment.apps/d scaled'],
      ['get deploy d -o jsonpath={.spec.replicas}', '2'],
      ['scale deploy d --replicas=010', 'deployment.apps/d scaled'],
      ['get deploy d -o jsonpath={.spec.replicas}', '8'],
      [
        'create deployment e --image=app:1 --replicas=2147483648',
        expect.stringContaining('strconv.ParseInt: parsing "2147483648": value out of range'),
      ],
    ]);
  });

  it('those without effect say so', () => {
    session([
      [
        'get ns default -o name --context=kubernetes-admin@kubernetes',
        'namespace/default\n!kubestep: --context has no effect: there is one simulated cluster, reached without credentials',
      ],
      ['get ns default -o name --request-timeout=5s', 'namespace/default'],
      ['get -k .', '!error: kustomizations are not read here\n!kubestep: -k is not simulated'],
    ]);
  });
});
