/** A Vault that is ready only once somebody has unsealed it, as the readiness probe of its chart finds it. */
import { expect, test } from 'vitest';
import { createTerminal } from '../../testing/terminal';

const vault = (command: string) => `
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: vault}
spec:
  serviceName: vault
  selector: {matchLabels: {app: vault}}
  template:
    metadata: {labels: {app: vault}}
    spec:
      containers:
      - name: vault
        image: hashicorp/vault:1.18.1
        ${command}
        readinessProbe: {exec: {command: [/bin/sh, -ec, vault status -tls-skip-verify]}, periodSeconds: 1, failureThreshold: 1}
        lifecycle: {preStop: {exec: {command: [/bin/sh, -c, 'kill -SIGTERM $(pidof vault)']}}}
`;
const SEALED = vault(
  'command: [/bin/sh, -ec]\n        args: ["cp /etc/hosts /tmp/x; /usr/local/bin/docker-entrypoint.sh vault server -config=/tmp/x"]',
);

function running(manifest: string) {
  const { run, world } = createTerminal();
  run('apply -f -', manifest);
  const wait = (ms: number) => world.simulation.run({ timeMs: world.simulation.nowMs + ms });
  wait(20_000);
  return {
    wait,
    ready: () => run('get pod vault-0 -o jsonpath={.status.phase}:{.status.containerStatuses[0].ready}').stdout,
    ask: (command: string) => run(`exec vault-0 -- vault ${command}`),
    run,
  };
}

test('it is sealed until it has been initialized and unsealed, and again when it begins anew', () => {
  const { ready, ask, wait, run } = running(SEALED);
  expect(ready()).toBe('Running:false');
  expect(ask('status')).toMatchObject({
    code: 2,
    stdout: expect.stringContaining('Initialized        false\nSealed             true\n'),
  });
  expect(ask('operator unseal x').stderr).toContain('* Vault is not initialized');
  const keys = [...ask('operator init').stdout.matchAll(/^Unseal Key \d: (\S+)$/gm)].map(([, key]) => key as string);
  expect(keys).toHaveLength(5);
  expect(ask('operator init').stderr).toContain('* Vault is already initialized');
  expect(ask('kv get a').stderr).toContain('* Vault is sealed');
  for (const key of [keys[0], keys[0], keys[1]]) ask(`operator unseal ${key}`);
  expect(ask('operator unseal nonsense')).toMatchObject({ code: 2 });
  expect(ask('status').stdout).toContain('Unseal Progress    2/3\n');
  wait(5_000);
  expect(ready()).toBe('Running:false');
  expect(ask(`operator unseal ${keys[4]}`).stdout).toContain('Sealed             false\n');
  wait(5_000);
  expect([ready(), ask('status').code]).toEqual(['Running:true', 0]);
  run('delete pod vault-0');
  wait(20_000);
  expect(ready()).toBe('Running:false');
  expect(run('get events').stdout).not.toContain('FailedPreStopHook');
});

test('the numbers of keys can be chosen, and keys be read by programs', () => {
  const { ask, wait, ready } = running(SEALED);
  expect(ask('operator init -key-shares=1 -key-threshold=2').stderr).toContain('* invalid seal configuration');
  const { unseal_keys_b64: keys } = JSON.parse(ask('operator init -key-shares=1 -key-threshold=1 -format=json').stdout);
  ask(`operator unseal ${keys[0]}`);
  wait(5_000);
  expect(ready()).toBe('Running:true');
  expect(ask('operator seal').stdout).toBe('Success! Vault is sealed.\n');
  wait(5_000);
  expect(ready()).toBe('Running:false');
});

test.each(['args: [server, -dev]', 'command: [vault, server, -dev]', ''])('in dev mode it is ready: %s', (command) => {
  expect(running(vault(command)).ready()).toBe('Running:true');
});
