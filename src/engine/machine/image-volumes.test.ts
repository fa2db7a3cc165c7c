import { expect, it } from 'vitest';
import { createTerminal } from '../../testing/terminal';

it('an image volume shows what is known of its image, and can’t be written to', () => {
  const terminal = createTerminal();
  const command = '[sh, -c, "cat /v/dir/file /s/file; echo x > /v/new; ls /n/usr/share/nginx/html; sleep 900"]';
  const mounts = '[{name: v, mountPath: /v}, {name: v, mountPath: /s, subPath: dir}, {name: nginx, mountPath: /n}]';
  const volumes =
    '[{name: v, image: {reference: "quay.io/crio/artifact:v2"}}, {name: nginx, image: {reference: nginx}}]';
  terminal.run(
    'apply -f -',
    `apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers: [{name: c, image: busybox, command: ${command}, volumeMounts: ${mounts}}]\n  volumes: ${volumes}\n`,
  );
  terminal.world.runFor(30_000);
  const said = "1\n1\nsh: can't create /v/new: Read-only file system\n50x.html\nindex.html\n";
  expect(terminal.run('logs web').stdout).toBe(said);
});
