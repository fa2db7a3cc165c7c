import { expect, test } from 'vitest';
import { createTerminal } from '../../testing/terminal';

/** What a command prints in a Pod of an image. */
function inside(image: string, command: string): string {
  const { world, run } = createTerminal();
  run(`run web --image=${image}`);
  world.runUntil(5_000);
  const { stdout, stderr } = run(`exec web -- ${command}`);
  return stdout + stderr;
}

test.each([
  ['nginx:1.27', 'head -n 3 /etc/nginx/nginx.conf', '\nuser  nginx;\nworker_processes  auto;\n'],
  ['nginx:1.27', "sh -c 'grep -c listen /etc/nginx/conf.d/default.conf'", '2\n'],
  [
    'nginxinc/nginx-unprivileged',
    'grep "8080;" /etc/nginx/conf.d/default.conf',
    '    listen       8080;\n    listen  [::]:8080;\n',
  ],
  ['nginx', 'ls /etc/nginx', 'conf.d\nmime.types\nnginx.conf\n'],
  ['nginx', "sh -c 'ls /docker-entrypoint.d | wc -l'", '4\n'],
  ['httpd:2.4', 'grep ^Listen conf/httpd.conf', 'Listen 80\n'],
  ['redis:7', 'pwd', '/data\n'],
])('%s: %s', (image, command, printed) => {
  expect(inside(image, command)).toBe(printed);
});

test('what is changed before a server begins counts', () => {
  const { world, run } = createTerminal();
  run(
    "run apache --image=httpd:2.4 --command -- sh -c 'sed -i s/^Listen.80/Listen\\ 8080/ conf/httpd.conf; exec httpd-foreground'",
  );
  run("run web --image=nginx --command -- sh -c 'rm /etc/nginx/conf.d/default.conf; exec nginx'");
  run('run client --image=busybox -- sleep 3600');
  world.runUntil(8_000);
  const asked = (pod: string, port: number): string => {
    const address = run(`get pod ${pod} -o jsonpath={.status.podIP}`).stdout;
    const { stdout, stderr } = run(`exec client -- wget -qO- http://${address}:${port}/`);
    return stdout + stderr;
  };
  expect(asked('apache', 8080)).toContain('It works!');
  expect(asked('apache', 80)).toContain('Connection refused');
  expect(asked('web', 80)).toContain('Connection refused');
});
