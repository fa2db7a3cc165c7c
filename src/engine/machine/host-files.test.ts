/** What containers see of their node's files, and of the file systems that are mounted in them. */
import { expect, it } from 'vitest';
import { createTerminal } from '../../testing/terminal';

const pod = (name: string, command: string, mounts: string, volumes: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec:\n  nodeName: node-1\n  containers: [{name: c, image: busybox, command: [sh, -c, "${command}"], volumeMounts: [${mounts}]}]\n  volumes: [${volumes}]\n`;

it('shows the files of the node, what hostPath volumes hold and what containers print', () => {
  const terminal = createTerminal();
  const data = '{name: h, mountPath: /data}, {name: m, mountPath: /mem}';
  const volumes =
    '{name: h, hostPath: {path: /srv/data, type: DirectoryOrCreate}}, {name: m, emptyDir: {medium: Memory, sizeLimit: 64Mi}}';
  const command = 'echo hello; echo err >&2; echo x > /data/x; sleep 900';
  const root = pod('look', 'sleep 900', '{name: h, mountPath: /host}', '{name: h, hostPath: {path: /}}');
  terminal.run('apply -f -', `${pod('web', command, data, volumes)}---\n${root}`);
  terminal.world.runFor(30_000);
  const said = (of: string, text: string): string => terminal.run(`exec ${of} -- sh -c "${text}"`).stdout;
  expect(said('look', 'cat /host/etc/hostname; head -1 /host/etc/os-release; ls /host/srv/data')).toBe(
    'node-1\nPRETTY_NAME=\\"Debian GNU/Linux 13 (trixie)\\"\nx\n'.replaceAll('\\', ''),
  );
  expect(said('look', "cat /host/var/log/pods/default_web_*/c/0.log | cut -d. -f1,2 | cut -d' ' -f2-")).toBe(
    'stdout F hello\nstderr F err\n',
  );
  // Looking does not make them files of the node's.
  said('look', 'echo y > /host/srv/data/y');
  terminal.run('delete pod web');
  terminal.world.runFor(60_000);
  expect(said('look', 'ls /host/var/log/pods | grep -c web; ls /host/srv/data')).toBe('0\nx\ny\n');
});

it('tells of the file system that is mounted where a path lies', () => {
  const terminal = createTerminal();
  const volumes = '{name: m, emptyDir: {medium: Memory, sizeLimit: 64Mi}}, {name: d, emptyDir: {}}';
  const command = 'mkdir /mem/sub; df /mem/sub /d /etc/hosts /tmp | cut -c1-10,52-; sleep 900';
  terminal.run('apply -f -', pod('web', command, '{name: m, mountPath: /mem}, {name: d, mountPath: /d}', volumes));
  terminal.world.runFor(30_000);
  expect(
    terminal
      .run('logs web')
      .stdout.split('\n')
      .map((line) => line.replace(/ +\d+ +\d+%/, '')),
  ).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^tmpfs.* \/mem$/),
      expect.stringMatching(/^\/dev\/sda1.* \/d$/),
      expect.stringMatching(/^\/dev\/sda1.* \/etc\/hosts$/),
      expect.stringMatching(/^overlay.* \/$/),
    ]),
  );
});
