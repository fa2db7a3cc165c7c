import { expect, it, test } from 'vitest';
import { createTerminal } from '../../../testing/terminal';

const POD = (image: string, rest = '') => `apiVersion: v1
kind: Pod
metadata: {name: p}
spec:
  containers: [{name: c, image: ${image}, command: [sleep, 1h], volumeMounts: [{name: v, mountPath: /host}]${rest}}]
  volumes: [{name: v, hostPath: {path: /}}]
`;

function shellOf(image: string, rest = '') {
  const terminal = createTerminal();
  terminal.run('apply -f -', POD(image, rest));
  terminal.world.runFor(10_000);
  return (line: string) => terminal.run(`exec p -- ${line}`);
}

it.each(['busybox', 'ubuntu'])('from %s the files of the node are those of the root', (image) => {
  const sh = shellOf(image);
  expect(sh('chroot /host cat /etc/hostname').stdout).toMatch(/^node-\d\n$/);
  expect(sh(`chroot /host sh -c 'cd /etc && pwd && echo mine > /srv/note && ls /srv; ls -d /host'`)).toMatchObject({
    stdout: '/etc\nnote\n',
    stderr: expect.stringContaining("ls: cannot access '/host': No such file or directory"),
  });
  expect(sh('cat /host/srv/note').stdout).toBe('mine\n');
  // What is outside is as it was.
  expect(sh('ls /srv').stdout).toBe('');
  expect(sh(`sh -c 'chroot /host bash -c "sleep 1; echo woke"; echo after'`).stdout).toBe('woke\nafter\n');
  expect(sh(`sh -c 'echo "cat /etc/hostname" | chroot /host'`).stdout).toMatch(/^node-\d\n$/);
});

test('what cannot be a root, and what is not below it', () => {
  const sh = shellOf('busybox');
  expect(sh('chroot /nosuch ls')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("chroot: can't change root directory to '/nosuch': No such file or directory"),
  });
  expect(sh('chroot /host nosuch')).toMatchObject({
    code: 127,
    stderr: expect.stringContaining("chroot: can't execute 'nosuch': No such file or directory"),
  });
  expect(sh('chroot /tmp ls').code).toBe(127);
  const gnu = shellOf('ubuntu');
  expect(gnu('chroot /nosuch ls')).toMatchObject({ code: 125 });
  expect(shellOf('busybox', ', securityContext: {runAsUser: 7}')('chroot /host ls').stderr).toContain(
    'Operation not permitted',
  );
});
