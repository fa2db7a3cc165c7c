/** What programs read that nobody has written: what images tell of themselves, and the kernel of processes. */
import { expect, test } from 'vitest';
import { createTerminal } from '../../testing/terminal';

const pod = (name: string, image: string, more = ''): string =>
  `---\napiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec: {containers: [{name: c, image: "${image}", command: [sleep, "9000"]${more}}]}\n`;
const PODS = [
  pod('alpine', 'alpine:3.20'),
  pod('debian', 'debian:11'),
  pod('ubuntu', 'ubuntu:22.04'),
  pod('nginx', 'nginx:1.27'),
  pod('busybox', 'busybox:1.36', ', resources: {requests: {memory: 4Gi}}'),
].join('');

test.each([
  [
    'alpine',
    '. /etc/os-release; echo $PRETTY_NAME $VERSION_ID; cat /etc/alpine-release',
    'Alpine Linux v3.20 3.20.0\n3.20.0\n',
  ],
  [
    'debian',
    'grep ^PRETTY /etc/os-release; ls /etc/os-release',
    'PRETTY_NAME="Debian GNU/Linux 11 (bullseye)"\n/etc/os-release\n',
  ],
  ['ubuntu', '. /etc/os-release; echo $ID $VERSION_ID', 'ubuntu 22.04\n'],
  ['nginx', '. /etc/os-release; echo $VERSION_CODENAME', 'bookworm\n'],
  ['busybox', 'cat /etc/os-release', "cat: can't open '/etc/os-release': No such file or directory\n"],
  ['busybox', 'tr "\\0" " " < /proc/1/cmdline', 'sleep 9000 '],
  ['busybox', 'cat /proc/1/comm; head -1 /proc/1/status', 'sleep\nName:\tsleep\n'],
  ['busybox', 'tr "\\0" "\\n" < /proc/1/environ | grep -c KUBERNETES_SERVICE_HOST=10.96.0.1', '1\n'],
  // Of 8 GiB half is asked for: 1000 - 1000 × 4 / 8. Who asks for nothing goes first.
  ['busybox', 'cat /proc/1/oom_score_adj', '500\n'],
  ['alpine', 'cat /proc/1/oom_score_adj', '1000\n'],
])('in %s, %s', (name, line, output) => {
  const terminal = createTerminal();
  terminal.run('apply -f -', PODS);
  terminal.world.runFor(30_000);
  const { stdout, stderr } = terminal.run(`exec ${name} -- sh -c '${line}'`);
  expect(`${stdout}${stderr}`.replace(/command terminated.*\n/, '')).toBe(output);
});
