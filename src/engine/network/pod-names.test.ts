/** What Pods are called, by themselves and in DNS. */
import { describe, expect, it } from 'vitest';
import { createTerminal } from '../../testing/terminal';

const pod = (name: string, spec: string, node: string) => `apiVersion: v1
kind: Pod
metadata: {name: ${name}, labels: {app: web}}
spec: {${spec}nodeName: ${node}, containers: [{name: c, image: nicolaka/netshoot, command: [sleep, "9999"]}]}
---
`;
const LONG = 'a-name-of-fifty-characters-that-goes-on-for-quite-a-while-and-then-some-more';
const DOCUMENTS = `${pod('named', 'hostname: one, subdomain: web, ', 'node-1')}${pod('plain', '', 'node-2')}${pod(
  'whole',
  'hostname: two, subdomain: web, setHostnameAsFQDN: true, ',
  'node-3',
)}${pod(LONG, '', 'node-3')}apiVersion: v1
kind: Service
metadata: {name: web}
spec: {clusterIP: None, selector: {app: web}, ports: [{port: 80}]}
`;

describe('a Pod', () => {
  const { world, run } = createTerminal({ documents: DOCUMENTS });
  world.runUntil(20_000);
  const exec = (name: string, command: string) => run(`exec ${name} -- sh -c '${command}'`).stdout;
  const ownHosts = (name: string) => exec(name, 'tail -n 1 /etc/hosts').trim().split('\t').slice(1);
  const DOMAIN = 'web.default.svc.cluster.local';
  it('with a host name and a subdomain has its whole name in its hosts file', () => {
    expect(ownHosts('named')).toEqual([`one.${DOMAIN}`, 'one']);
    expect(ownHosts('plain')).toEqual(['plain']);
    expect(exec('named', `getent hosts one.${DOMAIN}`)).toContain(`one.${DOMAIN}`);
    expect(exec('plain', 'grep localnet /etc/hosts')).toBe('fe00::0\tip6-localnet\n');
  });
  it('has a name of at most 63 characters, the whole one if it asks for that', () => {
    expect(exec('named', 'hostname')).toBe('one\n');
    expect(exec('whole', 'hostname')).toBe(`two.${DOMAIN}\n`);
    expect(exec(LONG, 'hostname')).toBe(`${LONG.slice(0, 63)}\n`);
  });
  it('is found by its address only if it has a host name', () => {
    const address = (name: string) => exec(name, 'hostname -i').trim();
    expect(exec('plain', `dig +short -x ${address('named')}`)).toBe(`one.${DOMAIN}.\n`);
    expect(exec('plain', `dig +short -x ${address('plain')}`)).toBe('');
  });
});
