/** What curl, dig, nslookup and redis-cli are answered, as they print it. */
import { expect, test } from 'vitest';
import { createTerminal } from '../../testing/terminal';

function asking() {
  const { world, run } = createTerminal();
  run('create deployment web --image=nginx:1.29.3');
  run('expose deployment web --port=80 --cluster-ip=10.96.7.7');
  run('run tools --image=nicolaka/netshoot -- sleep infinity');
  world.runUntil(10_000);
  return (command: string): string => run(`exec tools -- ${command}`).stdout;
}

test.each([
  ["curl -s -w '%{http_code}' http://nosuch/", '000'],
  ["curl -s -w '%{http_code}' http://localhost:81/", '000'],
  ["curl -sf -w '%{http_code}' http://web/nosuch", '404'],
  ["curl -s -o /tmp/out -r 0-8 -w '%{http_code}' http://web/", '206'],
  ['curl -s -r 0-8 http://web/', '<!DOCTYPE'],
  ['curl -s --range -8 http://web/', '</html>\n'],
  ["curl -s -o /tmp/out -w '%{http_code}' -r 615- http://web/", '416'],
])('%s prints %j', (command, printed) => {
  expect(asking()(command)).toBe(printed);
});

test('nginx says which part it sends, or that there is none', () => {
  const ask = asking();
  expect(ask('curl -sI -X GET -r 10-19 http://web/')).toMatch(
    /^HTTP\/1\.1 206 Partial Content\r\n[\s\S]*Content-Length: 10\r\n[\s\S]*Content-Range: bytes 10-19\/615\r\n/,
  );
  expect(ask('curl -si -r 615- http://web/')).toMatch(
    /^HTTP\/1\.1 416 Requested Range Not Satisfiable\r\n[\s\S]*Content-Range: bytes \*\/615\r\n[\s\S]*<h1>416 Requested Range/,
  );
});

test('dig has its banner, its columns and who has authority', () => {
  const ask = asking();
  const found = ask('dig web.default.svc.cluster.local');
  expect(found).toMatch(
    /^\n; <<>> DiG 9\.\S+ <<>> web\.default\.svc\.cluster\.local\n;; global options: \+cmd\n;; Got answer:\n/,
  );
  expect(found).toContain(
    ';; QUESTION SECTION:\n;web.default.svc.cluster.local.\tIN\tA\n\n;; ANSWER SECTION:\nweb.default.svc.cluster.local. 30 IN\tA\t10.96.7.7\n\n;; Query time:',
  );
  expect(found).toMatch(/;; WHEN: Thu Jan 01 00:00:10 UTC 2026\n;; MSG SIZE {2}rcvd: 115\n\n$/);
  expect(ask('dig kubernetes.default.svc.cluster.local')).toContain(
    ';kubernetes.default.svc.cluster.local. IN A\n\n;; ANSWER SECTION:\nkubernetes.default.svc.cluster.local. 30 IN A\t10.96.0.1\n',
  );
  expect(ask('dig nosuch.default.svc.cluster.local')).toMatch(
    /status: NXDOMAIN[\s\S]*AUTHORITY: 1[\s\S]*cluster\.local\.\t\t30\tIN\tSOA\tns\.dns\.cluster\.local\. hostmaster\.cluster\.local\. \d+ 7200 1800 86400 30\n/,
  );
});

test("BIND's nslookup ends names of records with a dot", () => {
  const ask = asking();
  expect(ask('nslookup 10.96.0.1')).toContain('name = kubernetes.default.svc.cluster.local.\n');
  expect(ask('nslookup web')).toContain('Name:\tweb.default.svc.cluster.local\nAddress: 10.96.7.7\n');
});

test('what is asked of the container itself: ss, its first process, the version of bash', () => {
  const ask = asking();
  expect(ask('ss -tln')).toBe('State Recv-Q Send-Q Local Address:Port Peer Address:PortProcess\n');
  const { world, run } = createTerminal();
  run(
    "run web --image=nicolaka/netshoot -- sh -c 'tr \\\\0 _ < /proc/1/cmdline; echo; nc -lk -p 7000 & nc -luk -p 53'",
  );
  world.runUntil(10_000);
  expect(run('logs web').stdout).toMatch(/^sh_-c_tr_/);
  expect(run('exec web -- ss -tln').stdout).toBe(
    `State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess\nLISTEN 0      511          0.0.0.0:7000      0.0.0.0:*          \n`,
  );
  expect(run('exec web -- ss -uln').stdout).toContain(
    'UNCONN 0      0            0.0.0.0:53        0.0.0.0:*          \n',
  );
  expect(run(`exec web -- bash -c 'echo $BASH_VERSION'`).stdout).toBe('5.2.37(1)-release\n');
  expect(run(`exec web -- sh -c 'echo $BASH_VERSION'`).stdout).toBe('\n');
});
