import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../../engine/api/meta';
import { validateText } from '../../session/validate';
import { type Converted, convertCompose, isCompose, manifestsText } from './compose';
import { documentsOf, readTogether } from './file-names';
import { wordsOf } from './reading';

function converted(text: string): Converted {
  const made = convertCompose(text);
  if ('problems' in made) throw new Error(made.problems.map(({ message }) => message).join('\n'));
  return made;
}

const asText = (made: Converted): string =>
  manifestsText(made, { title: 'made', note: ({ line, en }) => `${line} ${en}` });

/** What a service called web becomes, of an image without a known port. */
const web = (rest: string, top = '') =>
  converted(`services:\n  web:\n    image: shop:1\n    expose: [8080]\n${rest.replace(/^/gm, '    ')}\n${top}`);

interface Template {
  readonly spec: { readonly containers: readonly Record<string, unknown>[] } & Record<string, unknown>;
}

const named = ({ objects }: Converted, kind: string): Record<string, unknown> & KubeObject =>
  objects.find((one) => one.kind === kind) as Record<string, unknown> & KubeObject;

function podSpec(made: Converted) {
  const workload = made.objects.find(({ kind }) => /^(Pod|Deployment|DaemonSet|Job)$/.test(kind)) as unknown as {
    readonly kind: string;
    readonly spec: { readonly template: Template } & Template['spec'];
  };
  return workload.kind === 'Pod' ? workload.spec : workload.spec.template.spec;
}

const notes = ({ notes: all }: Converted): readonly string[] =>
  all.map(({ line, where, en }) => `${line} ${where}: ${en}`);

describe('fields of the container', () => {
  it.each([
    ['entrypoint: /run.sh --now\ncommand: ["a b", c]', { command: ['/run.sh', '--now'], args: ['a b', 'c'] }],
    [`command: sh -c 'echo "$$HOME $(X)" && true'`, { args: ['sh', '-c', 'echo "$HOME $$(X)" && true'] }],
    [
      'environment: [A=1, B=x=y]',
      {
        env: [
          { name: 'A', value: '1' },
          { name: 'B', value: 'x=y' },
        ],
      },
    ],
    [
      'environment: {A: 1, C: true}',
      {
        env: [
          { name: 'A', value: '1' },
          { name: 'C', value: 'true' },
        ],
      },
    ],
    ['environment: {A: "\u0024{X:-d\u0024{Y:-e}}"}', { env: [{ name: 'A', value: 'de' }] }],
    ['working_dir: /app', { workingDir: '/app' }],
    ['user: "1000:1001"', { securityContext: { runAsUser: 1000, runAsGroup: 1001 } }],
    ['privileged: true\nread_only: true', { securityContext: { privileged: true, readOnlyRootFilesystem: true } }],
    [
      'cap_add: [CAP_NET_ADMIN]\ncap_drop: [ALL]',
      { securityContext: { capabilities: { add: ['NET_ADMIN'], drop: ['ALL'] } } },
    ],
    ['tty: true\nstdin_open: true', { tty: true, stdin: true }],
    ['pull_policy: missing', { imagePullPolicy: 'IfNotPresent' }],
    ['container_name: My_Web', { name: 'my-web' }],
    ['mem_limit: 512m\ncpus: 0.5', { resources: { limits: { cpu: '500m', memory: '512Mi' } } }],
    [
      'deploy: {resources: {limits: {cpus: "2", memory: 1gb}, reservations: {cpus: "0.25", memory: 20M}}}',
      { resources: { limits: { cpu: '2', memory: '1Gi' }, requests: { cpu: '250m', memory: '20Mi' } } },
    ],
    ['pre_stop: [{command: [/bin/bye, now]}]', { lifecycle: { preStop: { exec: { command: ['/bin/bye', 'now'] } } } }],
    ['tmpfs: /cache:size=64m', { volumeMounts: [{ name: 'web-cache', mountPath: '/cache' }] }],
  ])('%s', (yaml, wanted) => {
    const made = web(yaml);
    expect(podSpec(made).containers[0]).toMatchObject(wanted);
    expect(notes(made)).toEqual([]);
  });
});

const PROBE_TIMES = { periodSeconds: 30, timeoutSeconds: 30, failureThreshold: 3 };

describe('health checks', () => {
  it.each([
    ['test: [CMD, /check, now]', { exec: { command: ['/check', 'now'] } }, PROBE_TIMES],
    ['test: /check | grep ok', { exec: { command: ['/bin/sh', '-c', '/check | grep ok'] } }, PROBE_TIMES],
    [
      'test: curl -f http://localhost:8080/health || exit 1\n  interval: 1m30s\n  timeout: 500ms\n  retries: 5',
      { httpGet: { path: '/health', port: 8080 } },
      { periodSeconds: 90, timeoutSeconds: 1, failureThreshold: 5 },
    ],
    ['test: ["CMD-SHELL", "pg_isready -U postgres"]', { tcpSocket: { port: 5432 } }, PROBE_TIMES],
  ])('%s', (yaml, handler, times) => {
    const [container] = podSpec(web(`healthcheck:\n  ${yaml}`)).containers;
    expect(container).toMatchObject({
      readinessProbe: { ...handler, ...times },
      livenessProbe: { ...handler, ...times },
    });
  });
  it.each(['disable: true', 'test: [NONE]'])('none with %s', (yaml) => {
    expect(podSpec(web(`healthcheck: {${yaml}}`)).containers[0]).not.toHaveProperty('livenessProbe');
  });
  it('a start period is waited for', () => {
    expect(podSpec(web('healthcheck: {test: [CMD, a], start_period: 40s}')).containers[0]).toMatchObject({
      livenessProbe: { initialDelaySeconds: 40 },
    });
  });
});

describe('what keeps the Pods', () => {
  it.each([
    ['', 'Deployment', { replicas: 1 }],
    ['restart: always\ndeploy: {replicas: 3}', 'Deployment', { replicas: 3 }],
    ['scale: 2', 'Deployment', { replicas: 2 }],
    ['restart: "no"', 'Pod', { restartPolicy: 'Never' }],
    ['restart: on-failure:3', 'Pod', { restartPolicy: 'OnFailure' }],
    ['deploy: {mode: global}', 'DaemonSet', { selector: { matchLabels: { app: 'web' } } }],
    ['deploy: {mode: replicated-job, replicas: 4}', 'Job', { completions: 4, parallelism: 4 }],
    [
      'deploy: {update_config: {parallelism: 2, order: start-first, delay: 10s}}',
      'Deployment',
      { minReadySeconds: 10, strategy: { rollingUpdate: { maxSurge: 2, maxUnavailable: 0 } } },
    ],
    [
      'deploy: {update_config: {parallelism: 0}}',
      'Deployment',
      { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: '100%' } } },
    ],
    ['volumes: ["data:/data"]', 'Deployment', { strategy: { type: 'Recreate' } }],
  ])('%s', (yaml, kind, spec) => {
    const made = web(yaml, yaml.includes('volumes') ? 'volumes: {data: {}}\n' : '');
    expect(named(made, kind)).toMatchObject({ metadata: { name: 'web', labels: { app: 'web' } }, spec });
    expect(notes(made)).toEqual([]);
  });
});

describe('the Pod', () => {
  it.each([
    ['hostname: db1', { hostname: 'db1' }],
    ['network_mode: host\npid: host', { hostNetwork: true, hostPID: true }],
    ['stop_grace_period: 1m', { terminationGracePeriodSeconds: 60 }],
    ['extra_hosts: ["a:10.0.0.1"]', { hostAliases: [{ ip: '10.0.0.1', hostnames: ['a'] }] }],
    [
      'group_add: ["20"]\nsysctls: {net.core.somaxconn: 1024}',
      {
        securityContext: { supplementalGroups: [20], sysctls: [{ name: 'net.core.somaxconn', value: '1024' }] },
      },
    ],
    [
      'deploy: {placement: {constraints: [node.labels.disk == ssd, node.role != manager]}}',
      {
        affinity: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: [
                {
                  matchExpressions: [
                    { key: 'disk', operator: 'In', values: ['ssd'] },
                    { key: 'node-role.kubernetes.io/control-plane', operator: 'DoesNotExist' },
                  ],
                },
              ],
            },
          },
        },
      },
    ],
    [
      'deploy: {placement: {preferences: [{spread: node.labels.zone}]}}',
      {
        topologySpreadConstraints: [{ topologyKey: 'zone', maxSkew: 1 }],
      },
    ],
  ])('%s', (yaml, wanted) => {
    const made = web(yaml);
    expect(podSpec(made)).toMatchObject(wanted);
    expect(notes(made)).toEqual([]);
  });
});

describe('ports', () => {
  const ports = (yaml: string) => {
    const made = converted(`services:\n  web:\n    image: shop:1\n    ports: ${yaml}\n`);
    const { spec } = named(made, 'Service') as unknown as { spec: { type?: string; ports: Record<string, unknown>[] } };
    const open = spec.ports.map(
      ({ port, nodePort, protocol }) => `${port}${nodePort ? `>${nodePort}` : ''}${protocol ?? ''}`,
    );
    return `${spec.type ?? 'ClusterIP'} ${open.join(' ')} ${made.notes.length}`;
  };
  it.each([
    ['["30080:80"]', 'NodePort 80>30080 0'],
    ['["8080:80"]', 'NodePort 80 1'],
    ['[80]', 'NodePort 80 0'],
    ['["53:53/udp", "53:53"]', 'NodePort 53UDP 53 1'],
    ['["30001-30003:3000-3002"]', 'NodePort 3000>30001 3001>30002 3002>30003 0'],
    ['["127.0.0.1:5000:5000"]', 'ClusterIP 5000 1'],
    ['[{target: 80, published: "30080", protocol: tcp}]', 'NodePort 80>30080 0'],
    ['[{target: 80, published: 8080, mode: host}]', 'ClusterIP 80 0'],
  ])('%s', (yaml, wanted) => expect(ports(yaml)).toBe(wanted));

  it('are those of the image, where the file says none and it is known', () => {
    expect(named(converted('services: {db: {image: "mysql:8"}}'), 'Service').spec).toEqual({
      selector: { app: 'db' },
      ports: [{ port: 3306 }],
    });
    const [said] = converted('services:\n  job:\n    image: shop:1\n').notes;
    expect(said).toMatchObject({ line: 2, where: 'services.job' });
  });
});

describe('what is mounted', () => {
  it('a named volume is a claim, with a class that it can come from', () => {
    const made = web('volumes: ["data:/data:ro"]', 'volumes: {data: }\n');
    expect(made.objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      'StorageClass standard',
      'PersistentVolumeClaim data',
      'Deployment web',
      'Service web',
    ]);
    expect(podSpec(made).containers[0]?.volumeMounts).toEqual([{ name: 'data', mountPath: '/data', readOnly: true }]);
  });
  it('directories of the machine are empty, files have to be put in, and the socket is left out', () => {
    const made = web(
      'volumes:\n- ./html:/html\n- ./nginx.conf:/etc/nginx/nginx.conf:ro\n- /var/run/docker.sock:/var/run/docker.sock',
    );
    expect(podSpec(made).volumes).toEqual([
      { name: 'web-html', emptyDir: {} },
      { name: 'web-nginx-conf', configMap: { name: 'web-nginx-conf' } },
    ]);
    expect(named(made, 'ConfigMap').data).toEqual({ 'nginx.conf': 'the text of ./nginx.conf\n' });
    expect(made.notes.map(({ line }) => line)).toEqual([6, 7, 8]);
  });
  it('configs and secrets are files', () => {
    const made = web(
      'configs: [{source: c, target: /etc/c.yaml}]\nsecrets: [pass]',
      'configs: {c: {content: "a: 1"}}\nsecrets: {pass: {file: ./p.txt}}\n',
    );
    expect(named(made, 'ConfigMap').data).toEqual({ 'c.yaml': 'a: 1' });
    expect(podSpec(made).containers[0]?.volumeMounts).toEqual([
      { name: 'c', mountPath: '/etc/c.yaml', subPath: 'c.yaml', readOnly: true },
      { name: 'pass', mountPath: '/run/secrets/pass', subPath: 'pass', readOnly: true },
    ]);
    expect(notes(made)).toEqual([
      '8 secrets.pass: what pass holds (./p.txt) is not in this file: put it into the Secret pass',
    ]);
  });
});

describe('texts of a Compose file stay texts', () => {
  it('whatever YAML 1.1 would take them for', () => {
    const text = asText(web('environment: {A: "yes", B: "0777"}'));
    expect(text).toContain('value: "yes"');
    expect(text).toContain('value: "0777"');
  });
});

describe('what can not be translated is said with its line', () => {
  it.each([
    ['build: .', '5 services.web.build: a cluster builds no images'],
    ['depends_on: [db]', '5 services.web.depends_on: Kubernetes starts everything at once'],
    ['environment:\n- HOME', '6 services.web.environment.0: HOME would come from your shell'],
    ['environment:\n  A: $NOBODY', '6 services.web.environment.A: the variable NOBODY is not known here'],
    ['env_file: .env', '5 services.web.env_file: put the variables of .env into the ConfigMap web-env'],
    ['deploy:\n  endpoint_mode: dnsrr', '6 services.web.deploy.endpoint_mode: a Service has one address'],
    ['volums: [a]', '5 services.web.volums: volums is no key of Compose here'],
    ['constructor: 1', '5 services.web.constructor: constructor is no key of Compose here'],
    ['user: nginx', '5 services.web.user: runAsUser takes a number'],
    ['profiles: [debug]', '5 services.web.profiles: only started with the profile debug'],
    ['extends: {file: other.yml, service: base}', '5 services.web.extends: base is not in this file'],
    ['restart: on-failure\nscale: 2', '2 services.web: a Deployment restarts containers always'],
  ])('%s', (yaml, wanted) => {
    const [first = '', ...more] = notes(web(yaml));
    expect(first.slice(0, wanted.length)).toBe(wanted);
    expect(more).toEqual([]);
  });
});

it('anchors, merges and extends are followed, x- keys are nobody’s', () => {
  const made = converted(`x-base: &base {image: "shop:1", expose: [1]}
services:
  a: {<<: *base, environment: {A: 1}}
  b: {extends: a, environment: {B: 2}}
`);
  expect(notes(made)).toEqual([]);
  const last = made.objects.findLast(({ kind }) => kind === 'Deployment') as unknown as {
    spec: { template: Template };
  };
  expect(last.spec.template.spec.containers[0]).toMatchObject({
    image: 'shop:1',
    env: [
      { name: 'A', value: '1' },
      { name: 'B', value: '2' },
    ],
  });
});

const ALL = `services:
  my_web:
    build: .
    ports: ["8080:80", "30001:443", "9000/udp"]
    restart: unless-stopped
    depends_on: {db: {condition: service_healthy}}
    volumes: ["./conf.d:/etc/conf.d", "./a.conf:/etc/a.conf", "up:/uploads", "/anonymous"]
    healthcheck: {test: ["CMD", "wget", "-q", "http://127.0.0.1/"], start_period: 5s}
    configs: [settings]
    secrets: [{source: key, target: tls.key}]
    env_file: [a.env]
    labels: [traefik.enable=true]
    deploy: {replicas: 2, update_config: {parallelism: 1}, resources: {limits: {memory: 64M}}}
  db:
    image: postgres:16
    environment: {POSTGRES_PASSWORD: "\${PW:?set it}"}
    volumes: [{type: volume, source: pg, target: /var/lib/postgresql/data}, {type: tmpfs, target: /tmp}]
  once: {image: "busybox", command: echo hi, restart: "no"}
  everywhere: {image: "redis", deploy: {mode: global}}
volumes: {up: {driver: nfs}, pg: {external: true, name: old}}
configs: {settings: {file: ./s.ini}}
secrets: {key: {external: true}}
`;

it('what comes out is what the API server takes', () => {
  expect(validateText(asText(converted(ALL))).map(({ message }) => message)).toEqual([]);
});

it('every note is in both languages', () => {
  const { notes: all } = converted(ALL);
  expect(all.length).toBeGreaterThan(10);
  expect(all.filter(({ en, zh }) => en === '' || !/[\u4e00-\u9fff]/.test(zh))).toEqual([]);
});

it('is known for what it is', () => {
  expect(isCompose('services: {a: {image: b}}')).toBe(true);
  for (const text of [
    '',
    'a: 1',
    'apiVersion: v1\nkind: Pod\nservices: {}',
    'services: [a]',
    '---\nservices: {}\n---\nservices: {}',
    'services: {',
  ])
    expect(isCompose(text), text).toBe(false);
  expect(convertCompose('kind: Pod')).toMatchObject({ problems: [{ line: 1 }] });
  expect(convertCompose('services: {a: {image: b}, c: }')).toMatchObject({ notes: [{}, { where: 'services.c' }] });
});

it('a line is taken apart as a shell does it', () => {
  expect(wordsOf(`a "b c" 'd "e' f\\ g h"i"'j' ""`)).toEqual(['a', 'b c', 'd "e', 'f g', 'hij', '']);
});

it('hostile files do no harm', () => {
  const made = converted(
    'services: {__proto__: {image: a}, constructor: {image: "b", ports: [{}], volumes: [{}], healthcheck: [], deploy: 3}}',
  );
  expect(validateText(asText(made)).length).toBe(0);
});

it('several files are read over one another as Compose does, and each note names its file and line', () => {
  const base = `services:
  web:
    image: nginx:1.27
    command: [nginx, -g, daemon off;]
    environment: [A=1, B=2]
    ports: ["80"]
    volumes: ["data:/data", "more:/more"]
    depends_on: [db]
  db: {image: postgres:16}
volumes: {data: {}, more: {}, other: {}}
`;
  const over = `services:
  web:
    build: .
    command: [nginx]
    environment: {B: "3", C: "4"}
    ports: ["9090"]
    volumes: ["other:/data"]
    deploy: {replicas: 3}
  cache: {image: redis:7}
`;
  const made = convertCompose(base, over);
  if ('problems' in made) throw new Error(JSON.stringify(made.problems));
  const text = manifestsText(made, { title: '', note: () => '' });
  expect(made.objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual(
    expect.arrayContaining(['Service cache', 'Service db', 'Service web']),
  );
  expect(text).not.toContain('daemon off');
  for (const part of [
    'replicas: 3',
    'containerPort: 80\n',
    'containerPort: 9090',
    'claimName: other',
    'claimName: more',
  ])
    expect(text).toContain(part);
  expect(text).not.toContain('claimName: data');
  expect(text).toMatch(/name: A\s+value: "1"\s+- name: B\s+value: "3"\s+- name: C\s+value: "4"/);
  expect(made.notes.map(({ file, line, where }) => `${file} ${line} ${where}`)).toEqual([
    // Three replicas share the claims.
    '0 2 services.web',
    '0 8 services.web.depends_on',
    '1 3 services.web.build',
  ]);
  expect(convertCompose(base, 'kind: Pod')).toMatchObject({ problems: [{ line: 1 }] });
});

it('a folder’s own names are read together, the base first; others stand alone', () => {
  const paths = [
    'a/compose.prod.yml',
    'a/compose.override.yaml',
    'x.yaml',
    'a/compose.yaml',
    'docker-compose.yml',
    'y.yaml',
  ];
  expect(readTogether(paths.map((path) => ({ path }))).map((group) => group.map(({ path }) => path))).toEqual([
    ['a/compose.yaml', 'a/compose.override.yaml', 'a/compose.prod.yml'],
    ['x.yaml'],
    ['docker-compose.yml'],
    ['y.yaml'],
  ]);
});

it('documents of one file are read as files are, one over another', () => {
  const text =
    '---\nservices:\n  web: {image: nginx}\n--- \n# more\nservices:\n  web: {image: nginx:1.27}\n  db: {image: redis}\n';
  const documents = documentsOf({ path: 'a.yaml', text });
  expect(documents.map(({ path }) => path)).toEqual(['a.yaml#1', 'a.yaml#2']);
  const made = convertCompose(...documents.map((each) => each.text));
  if ('problems' in made) throw new Error(made.problems[0]?.message);
  expect(made.objects.map(({ metadata }) => metadata.name)).toEqual(['web', 'web', 'db', 'db']);
  expect(documentsOf({ path: 'b.yaml', text: '---\nservices: {}\n' })).toHaveLength(1);
});
