import { expect, it } from 'vitest';
import { createTerminal } from '../../testing/terminal';

const pod = (name: string, image: string, paths: readonly string[]): string => {
  const mounts = paths.map((path, index) => `{name: v${index}, mountPath: ${path}}`).join(', ');
  const volumes = paths.map((_, index) => `{name: v${index}, emptyDir: {}}`).join(', ');
  return `---\napiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec:\n  containers: [{name: c, image: "${image}", securityContext: {readOnlyRootFilesystem: true}, volumeMounts: [${mounts}]}]\n  volumes: [${volumes}]\n`;
};

it.each([
  [
    'nginx:1.27',
    [],
    /can not modify .*conf \(read-only file system\?\)[\s\S]*nginx: \[emerg\] mkdir\(\) "\/var\/cache\/nginx\/client_temp" failed \(30: Read-only file system\)\n$/,
  ],
  [
    'nginx:1.27',
    ['/var/cache/nginx'],
    /nginx: \[emerg\] open\(\) "\/run\/nginx.pid" failed \(30: Read-only file system\)\n$/,
  ],
  ['nginx:1.27', ['/var/cache/nginx', '/var/run'], undefined],
  ['httpd:2.4', [], /AH00099: could not create \/usr\/local\/apache2\/logs\/httpd.pid\n$/],
  ['redis:7', [], undefined],
] as const)('%s that may write only to %j', (image, paths, said) => {
  const terminal = createTerminal();
  terminal.run('apply -f -', pod('web', image, paths));
  terminal.world.runFor(12_000);
  const { stdout } = terminal.run('get pod web -o jsonpath={.status.containerStatuses[0].restartCount}');
  expect(Number(stdout) > 0).toBe(said !== undefined);
  if (said) expect(terminal.run('logs web').stdout).toMatch(said);
});
