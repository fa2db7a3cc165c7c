/** What a kubelet says on its own ports. */
import { expect, test } from 'vitest';
import { createTerminal } from '../../testing/terminal';

const pod = (name: string, more = ''): string =>
  `---\napiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec: {nodeName: node-1, ${more}containers: [{name: c, image: nicolaka/netshoot, command: [sleep, "9000"]}]}\n`;

test('a kubelet answers on 10250 over TLS that it does not know who asks, and on 10248 to its own node alone', () => {
  const { run, world } = createTerminal({ nodes: [{ name: 'node-1' }, { name: 'node-2' }] });
  run('apply -f -', pod('plain') + pod('host', 'hostNetwork: true, '));
  world.runFor(20_000);
  const node = run('get node node-1 -o jsonpath={.status.addresses[0].address}').stdout;
  const ask = (name: string, url: string): string => run(`exec ${name} -- curl -sk -w "|%{http_code}" ${url}`).stdout;
  expect(ask('plain', `https://${node}:10250/pods`)).toBe('Unauthorized|401');
  expect(ask('plain', `http://${node}:10250/`)).toBe('Client sent an HTTP request to an HTTPS server.\n|400');
  expect(run(`exec plain -- nc -z -w1 ${node} 10250`).code).toBe(0);
  expect(run(`exec plain -- nc -z -w1 ${node} 10248`).code).toBe(1);
  // A connection without a protocol is held.
  const held = run(`exec plain -- curl -sv -m 2 telnet://${node}:10250`);
  expect([held.code, held.stderr]).toEqual([
    28,
    expect.stringContaining(`* Connected to ${node} (${node}) port 10250\n`),
  ]);
  expect(run(`exec plain -- curl -s telnet://${node}:10248`).code).toBe(7);
  expect(ask('host', 'http://localhost:10248/healthz')).toBe('ok|200');
  expect(ask('host', 'https://127.0.0.1:10250/healthz')).toBe('Unauthorized|401');
  expect(ask('plain', 'http://localhost:10248/healthz')).toBe('|000');
  const other = run('get node node-2 -o jsonpath={.status.addresses[0].address}').stdout;
  expect(ask('plain', `https://${other}:10250/`)).toBe('Unauthorized|401');
  const down = { type: 'component-down', component: 'kubelet', node: 'node-2' };
  world.simulation.act({ to: 'fault', kind: 'fault', payload: down });
  expect(ask('plain', `https://${other}:10250/`)).toBe('|000');
});
