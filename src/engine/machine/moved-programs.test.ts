import { expect, it } from 'vitest';
import { createTerminal } from '../../testing/terminal';

function podOf(image: string): (line: string) => string {
  const { world, run } = createTerminal();
  run(`run box --image=${image} --restart=Never -- sleep 3600`);
  world.runUntil(5_000);
  return (line) => {
    const { stdout, stderr } = run(`exec box -- ${line}`);
    return stdout + stderr.replace(/^error: .*: exec: /, '');
  };
}

it('a program of the image that is moved away is not found until it is back', () => {
  const box = podOf('mysql:5.7');
  expect(box('mysql -e "SELECT 1"')).toContain("Can't connect");
  expect(box('mv /usr/bin/mysql /usr/bin/mysql.off')).toBe('');
  expect(box('mysql -e "SELECT 1"')).toBe('"mysql": executable file not found in $PATH: unknown\n');
  expect(box('mysql.off -e "SELECT 1"')).toContain("Can't connect");
  expect(box('mv /usr/bin/mysql.off /usr/bin/mysql')).toBe('');
  expect(box('mysql -e "SELECT 1"')).toContain("Can't connect");
  expect(box('ls /usr/bin/mysql.off')).toContain('No such file or directory');
});

it.each([
  ['debian', "sh -c 'rm /bin/cat; cat /etc/hostname'", 'sh: 1: cat: not found'],
  ['alpine', "sh -c 'rm /bin/cat; cat /etc/hostname'", 'sh: cat: not found'],
  ['debian', "sh -c 'mv /usr/bin/date /tmp; /tmp/date +%Y; date'", '2026\nsh: 1: date: not found'],
  [
    'debian',
    "sh -c 'rm /usr/bin/date; rm /usr/bin/date'",
    "rm: cannot remove '/usr/bin/date': No such file or directory",
  ],
  ['debian', 'sh -c \'rm /bin/cat; printf "#!/bin/sh\\necho mine" > /bin/cat; chmod +x /bin/cat; cat\'', 'mine'],
  ['acme/shop', "sh -c 'rm -f /usr/bin/tac; echo downloaded > /usr/bin/tac; chmod +x /usr/bin/tac; echo b | tac'", 'b'],
])('one that is removed is gone: %s, %s', (image, line, answer) => {
  expect(podOf(image)(line)).toContain(answer);
});
