import { expect, it } from 'vitest';
import { createTerminal } from '../../testing/terminal';

const pod = (image: string, rest = ''): string =>
  `---\napiVersion: v1\nkind: Pod\nmetadata: {name: db}\nspec:\n  restartPolicy: Never\n  containers: [{name: c, image: "${image}"${rest}}]\n`;

const env = (variables: Record<string, string>): string =>
  `, env: [${Object.entries(variables)
    .map(([name, value]) => `{name: ${name}, value: "${value}"}`)
    .join(', ')}]`;

const FILE = ', volumeMounts: [{name: v, mountPath: /run/secrets}]';
const VOLUME = '  volumes: [{name: v, configMap: {name: kube-root-ca.crt}}]\n';

it.each([
  [
    'postgres:16',
    '',
    /^Error: Database is uninitialized and superuser password is not specified\.\n[\s\S]*auth-trust\.html\n$/,
  ],
  ['postgres:16', env({ POSTGRES_PASSWORD: '' }), /^Error: Database is uninitialized/],
  ['postgres:16', env({ POSTGRES_HOST_AUTH_METHOD: 'md5' }), /^Error: Database is uninitialized/],
  ['postgres:16', env({ POSTGRES_HOST_AUTH_METHOD: 'trust' }), undefined],
  ['postgres:16', `${env({ POSTGRES_PASSWORD_FILE: '/run/secrets/ca.crt' })}${FILE}`, undefined],
  [
    'postgres:16',
    `${env({ POSTGRES_PASSWORD_FILE: '/run/secrets/x' })}${FILE}`,
    /line 21: \/run\/secrets\/x: No such file or directory\n$/,
  ],
  ['postgres:16', ', args: [-c, max_connections=9]', /^Error: Database is uninitialized/],
  ['mysql:8', '', /- MYSQL_RANDOM_ROOT_PASSWORD\n$/],
  ['mysql:8', ', envFrom: [{configMapRef: {name: kube-root-ca.crt}}]', /- MYSQL_RANDOM_ROOT_PASSWORD\n$/],
  ['mariadb:11', '', /MARIADB_RANDOM_ROOT_PASSWORD\n$/],
  ['mariadb:11', env({ MARIADB_ROOT_PASSWORD_HASH: '*1' }), undefined],
  ['mongo:7', '', undefined],
  ['mongo:7', env({ MONGO_INITDB_ROOT_USERNAME: 'root' }), /both must be specified for a user to be created\n\n$/],
  ['redis:7', '', undefined],
])('%s%s', (image, rest, said) => {
  const { run, world } = createTerminal();
  run('apply -f -', pod(image, rest) + (rest.includes('volumeMounts') ? VOLUME : ''));
  world.runFor(12_000);
  const code = run('get pod db -o jsonpath={..state.terminated.exitCode}').stdout;
  expect(code).toBe(said ? '1' : '');
  if (said) expect(run('logs db').stdout).toMatch(said);
});

it('a database that was made before needs no password', () => {
  const { run, world } = createTerminal();
  const data = `, volumeMounts: [{name: v, mountPath: /data}]`;
  const both = `---
apiVersion: v1
kind: Pod
metadata: {name: db}
spec:
  nodeName: node-1
  volumes: [{name: v, hostPath: {path: /srv/db}}]
  containers: [{name: c, image: "postgres:16", env: [{name: PGDATA, value: /data/pg}, {name: POSTGRES_PASSWORD, value: x}]${data}}]
`;
  run('apply -f -', both);
  world.runFor(6000);
  run('delete pod db');
  run('apply -f -', both.replace(', {name: POSTGRES_PASSWORD, value: x}', ''));
  world.runFor(6000);
  expect(run('get pod db -o jsonpath={.status.containerStatuses[0].restartCount}').stdout).toBe('0');
});
