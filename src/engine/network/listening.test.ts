/** Programs that listen (`nc -l`), Services over UDP, SRV records: what clients and servers print. */
import { expect, test } from 'vitest';
import { createTerminal } from '../../testing/terminal';

const pod = (name: string, command: string, ports = ''): string => `apiVersion: v1
kind: Pod
metadata: {name: ${name}, labels: {app: ${name}}}
spec:
  restartPolicy: Never
  containers: [{name: c, image: busybox, command: [sh, -c, ${JSON.stringify(command)}]${ports}}]
---
`;

const WORLD = `${pod('datagrams', 'nc -u -l -p 5353; echo served')}${pod(
  'web',
  `while true; do printf 'HTTP/1.1 503 Busy\\n\\nlater' | nc -l -p 8080; done`,
)}${pod('once', 'echo welcome | nc -l -p 9000; echo over')}apiVersion: v1
kind: Service
metadata: {name: datagrams}
spec: {clusterIP: 10.96.0.70, selector: {app: datagrams}, ports: [{name: dns, port: 53, targetPort: 5353, protocol: UDP}, {name: dns-tcp, port: 53, targetPort: 5353}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {clusterIP: None, selector: {app: web}, ports: [{name: http, port: 8080}]}
---
apiVersion: v1
kind: Service
metadata: {name: once}
spec: {clusterIP: 10.96.0.71, selector: {app: once}, ports: [{port: 9000}]}
---
${pod(
  'client',
  `sleep 10
echo question | nc -u -w 1 datagrams 53; echo "udp $?"
nc -z -w 2 datagrams 53; echo "tcp $?"
wget -qO- web:8080
echo hello | nc once 9000; echo again | nc once 9000
nslookup -type=srv _http._tcp.web.default.svc.cluster.local | grep service
nslookup -type=srv datagrams | grep -c service`,
)}`;

test('a listener prints what is sent, its client what it answers; TCP and UDP are apart', () => {
  const { world, run } = createTerminal({ documents: WORLD });
  world.runUntil(30_000);
  const logs = (name: string): string => run(`logs ${name}`).stdout;
  expect(logs('client').split('\n')).toEqual([
    'udp 0',
    'tcp 1',
    'wget: server returned error: HTTP/1.1 503 Service Unavailable',
    'welcome',
    "nc: can't connect to remote host (10.96.0.71): Connection refused",
    expect.stringMatching(
      /^_http\._tcp\.web\.default\.svc\.cluster\.local\tservice = 0 100 8080 10-244-\d-\d\.web\.default\.svc\.cluster\.local$/,
    ),
    '2',
    '',
  ]);
  expect(logs('datagrams')).toBe('question\nserved\n');
  expect(logs('once')).toBe('hello\nover\n');
  expect(logs('web')).toMatch(/^GET \/ HTTP\/1\.1\nhost: web:8080\nuser-agent: Wget\n/);
});
