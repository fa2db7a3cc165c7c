/** What is written through one mount of a volume is there through another within the same command line. */
import { expect, it } from 'vitest';
import { createTerminal } from '../../testing/terminal';

function shellWith(mounts: string, volume: string, command = 'sleep 900') {
  const terminal = createTerminal();
  const container = `{name: c, image: busybox, command: [sh, -c, "${command}"], volumeMounts: ${mounts}}`;
  terminal.run(
    'apply -f -',
    `apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers: [${container}]\n  volumes: [{name: v, ${volume}}]\n`,
  );
  terminal.world.runFor(30_000);
  return { terminal, sh: (line: string) => terminal.run(`exec p -- sh -c '${line}'`) };
}

const TWICE = '[{name: v, mountPath: /m1}, {name: v, mountPath: /m2}]';

it.each([
  ['echo a > /m1/f; cat /m2/f', 'a\n'],
  ['echo a > /m1/f; echo b >> /m2/f; cat /m1/f', 'a\nb\n'],
  ['echo a > /m1/f; rm /m2/f; ls /m1; echo b > /m2/g; ls /m1', 'g\n'],
  ['mkdir -p /m1/d/e; touch /m2/d/e/f; ls /m1/d/e; chmod 600 /m2/d/e/f; stat -c %a /m1/d/e/f', 'f\n600\n'],
  ['echo a > /m1/f; rm -r /m1/*; test -d /m2 && ls /m2; echo $?', '0\n'],
  ['ln -s f /m1/l; echo a > /m2/f; cat /m2/l', 'a\n'],
])('%s', (line, said) => {
  const { sh } = shellWith(TWICE, 'emptyDir: {}');
  expect(sh(line)).toMatchObject({ stdout: said, stderr: '' });
});

it('what one command has written is there for the next, through either', () => {
  const { sh } = shellWith(TWICE, 'emptyDir: {}');
  sh('echo a > /m1/f; echo b > /m2/g; rm /m1/g');
  expect(sh('cd /m1; ls; cd /m2; ls').stdout).toBe('f\nf\n');
});

it('a part of a volume, a mount that is only read, and the container’s own process do the same', () => {
  const mounts = '[{name: v, mountPath: /m1}, {name: v, mountPath: /part, subPath: d, readOnly: true}]';
  const { terminal, sh } = shellWith(mounts, 'emptyDir: {}', 'echo a > /m1/d/f; cat /part/f; sleep 900');
  expect(terminal.run('logs p').stdout).toBe('a\n');
  expect(sh('echo b > /m1/d/f; echo c > /m1/g; cat /part/f; ls /part').stdout).toBe('b\nf\n');
  expect(sh('echo x > /part/f').stderr).toContain('Read-only file system');
});

it('directories of the node that lie in each other, too', () => {
  const terminal = createTerminal();
  const mounts = '[{name: a, mountPath: /a}, {name: b, mountPath: /b}]';
  const volumes = '[{name: a, hostPath: {path: /data}}, {name: b, hostPath: {path: /data/sub}}]';
  const container = `{name: c, image: busybox, command: [sh, -c, "mkdir /a/sub; echo a > /a/sub/f; cat /b/f; sleep 900"], volumeMounts: ${mounts}}`;
  terminal.run(
    'apply -f -',
    `apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers: [${container}]\n  volumes: ${volumes}\n`,
  );
  terminal.world.runFor(30_000);
  expect(terminal.run('logs p').stdout).toContain('a\n');
});
