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
  pod('able', 'busybox:1.36', ', securityContext: {capabilities: {add: [NET_ADMIN, CAP_SYS_TIME], drop: [MKNOD]}}'),
  pod(
    'bare',
    'busybox:1.36',
    ', securityContext: {runAsUser: 1000, capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}}',
  ),
  pod('mighty', 'busybox:1.36', ', securityContext: {privileged: true}'),
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
  ['busybox', 'cat /sys/fs/cgroup/pids.current; echo', '3\n\n'],
  ['busybox', 'tr "\\0" " " < /proc/1/cmdline', 'sleep 9000 '],
  // The masks are those that the documentation shows, but for MKNOD, 8000000.
  ['busybox', 'cd /proc/1; grep Cap[PE] status', 'CapPrm:\t00000000a80425fb\nCapEff:\t00000000a80425fb\n'],
  [
    'able',
    'grep CapBnd /proc/self/status; cat /proc/1/uid_map',
    'CapBnd:\t00000000a20435fb\n         0          0 4294967295\n',
  ],
  ['bare', 'grep Cap[PB] /proc/1/status', 'CapPrm:\t0000000000000000\nCapBnd:\t0000000000000400\n'],
  ['mighty', 'grep CapEff /proc/1/status; cd /proc/99 2>/dev/null || echo none', 'CapEff:\t000001ffffffffff\nnone\n'],
  ['busybox', 'cat /proc/1/comm; head -1 /proc/1/status', 'sleep\nName:\tsleep\n'],
  ['busybox', 'tr "\\0" "\\n" < /proc/1/environ | grep -c KUBERNETES_SERVICE_HOST=10.96.0.1', '1\n'],
  // Of 8 GiB half is asked for: 1000 - 1000 × 4 / 8. Who asks for nothing goes first.
  ['busybox', 'cat /proc/1/oom_score_adj', '500\n'],
  ['alpine', 'cat /proc/1/oom_score_adj', '1000\n'],
  ['alpine', 'cat /proc/self/oom_score_adj', '1000\n'],
  [
    'busybox',
    'uname -r; cut -d" " -f3 /proc/version; uname -a | cut -d" " -f1-3',
    '6.12.48\n6.12.48\nLinux busybox 6.12.48\n',
  ],
  ['alpine', 'uname -o', 'Linux\n'],
  [
    'busybox',
    'ls /dev | tr "\\n" " "; ls -l /dev/null | cut -c1-43; test -c /dev/tty && echo c; ls -l /dev/fd | tail -c 14',
    'core fd full mqueue null ptmx pts random shm stderr stdin stdout termination-log tty urandom zero ' +
      'crw-rw-rw-    1 root     root        1,   3\nc\n/proc/self/fd\n',
  ],
  ['debian', 'ls -l /dev/zero | cut -c1-30; cat /dev/termination-log', 'crw-rw-rw- 1 root root 1, 5 Ja\n'],
  ['debian', 'cat /proc/1/root/etc/hostname; ls -d /proc/1/root/etc', 'debian\n/proc/1/root/etc\n'],
  [
    'busybox',
    'df -h | cut -c1-17,57-',
    'Filesystem       Mounted on\noverlay          /\ntmpfs            /dev\n' +
      ['/etc/hosts', '/dev/termination-log', '/etc/hostname', '/etc/resolv.conf']
        .map((path) => `/dev/sda1        ${path}\n`)
        .join('') +
      'shm              /dev/shm\ntmpfs            /var/run/secrets/kubernetes.io/serviceaccount\n',
  ],
  [
    'busybox',
    'mount | grep -v noexec; grep -c . /proc/mounts',
    'overlay on / type overlay (rw,relatime)\n' +
      'tmpfs on /dev type tmpfs (rw,nosuid,size=65536k,mode=755,inode64)\n' +
      ['/etc/hosts', '/dev/termination-log', '/etc/hostname', '/etc/resolv.conf']
        .map((path) => `/dev/sda1 on ${path} type ext4 (rw,relatime)\n`)
        .join('') +
      'shm on /dev/shm type tmpfs (rw,relatime,size=65536k,inode64)\n' +
      'tmpfs on /var/run/secrets/kubernetes.io/serviceaccount type tmpfs (ro,relatime,size=8388608k,inode64,noswap)\n13\n',
  ],
])('in %s, %s', (name, line, output) => {
  const terminal = createTerminal();
  terminal.run('apply -f -', PODS);
  terminal.world.runFor(30_000);
  const { stdout, stderr } = terminal.run(`exec ${name} -- sh -c '${line}'`);
  expect(`${stdout}${stderr}`.replace(/command terminated.*\n/, '')).toBe(output);
});

test('the directory that a subPath names is in its volume', () => {
  const terminal = createTerminal();
  const mounts = '[{name: d, mountPath: /data}, {name: d, mountPath: /logs, subPathExpr: "$(NAME)/logs"}]';
  const env = '[{name: NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]';
  terminal.run(
    'apply -f -',
    `apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers: [{name: c, image: busybox, command: [sleep, "900"], env: ${env}, volumeMounts: ${mounts}}]\n  volumes: [{name: d, emptyDir: {}}]\n`,
  );
  terminal.world.runFor(30_000);
  expect(terminal.run("exec p -- sh -c 'ls /data /data/p; echo x > /logs/f'").stdout).toBe(
    '/data:\np\n\n/data/p:\nlogs\n',
  );
  expect(terminal.run('exec p -- cat /data/p/logs/f').stdout).toBe('x\n');
});

test('containers that see each other’s processes see their files below /proc/PID/root', () => {
  const terminal = createTerminal();
  const containers =
    '[{name: nginx, image: "nginx:1.27"}, {name: shell, image: "busybox:1.36", command: [sleep, "900"]}]';
  terminal.run(
    'apply -f -',
    `apiVersion: v1\nkind: Pod\nmetadata: {name: both}\nspec: {shareProcessNamespace: true, containers: ${containers}}\n`,
  );
  terminal.world.runFor(30_000);
  const line =
    'pid=$(pgrep nginx | head -n 1); cat /proc/$pid/comm; grep -c nginx /proc/$pid/root/usr/share/nginx/html/index.html; cat /proc/$pid/root/nope';
  const { stdout, stderr } = terminal.run(`exec both -c shell -- sh -c '${line}'`);
  expect(stdout).toMatch(/^nginx:?\n[1-9]\n$/);
  expect(stderr).toMatch(/can't open '\/proc\/\d+\/root\/nope'/);
});
