/** Options that were passed over: cat, head, tail, date and set -C, as BusyBox 1.35, dash and bash have them. */
import { expect, it } from 'vitest';
import type { Base } from './held-programs';
import { hostWith, play, playCommand } from './shell-player';

it.each<[text: string, output: string]>([
  [
    "printf 'a\\tb\\001\\n\\n' | cat -A; printf 'a\\tb\\n' | cat -e; printf 'a\\tb\\n' | cat -t",
    'a^Ib^A$\n$\na\tb$\na^Ib\n',
  ],
  [
    "printf 'a\\n\\nb' | cat -b; echo .; printf 'a\\n\\nb' | cat -n",
    '     1\ta\n\n     2\tb.\n     1\ta\n     2\t\n     3\tb',
  ],
  [
    "printf 'a\\nb' | head -n 3; echo .; printf 'a\\nb' | tail -1; echo .; echo a > q; head -v q",
    'a\nb.\nb.\n==> q <==\na\n',
  ],
  ['printf x > f; tail -f f & sleep 1; echo y >> f; sleep 1; kill $!', 'xy\n'],
  ['date -R; date -u -R', 'Thu, 01 Jan 2026 00:00:00 +0000\n'.repeat(2)],
  [
    'set -C; echo a > f; echo b > f; echo $?; echo c >| f; echo d >> f; cat f; echo e > /dev/null; set +C; echo f > f; cat f',
    "sh: can't create f: File exists\n1\nc\nd\nf\n",
  ],
])('%s', (text, output) => expect(play(text).output).toBe(output));

it.each([
  ['sh', 'sh: 1: cannot create f: File exists\n'],
  ['bash', 'bash: line 1: f: cannot overwrite existing file\n'],
])('%s keeps its files', (shell, output) => {
  const host = hostWith({ '/f': 'x\n' }, { base: 'debian' });
  expect(playCommand([shell, '-c', 'set -o noclobber; echo a > f'], host).output).toBe(output);
});

it.each<[base: Base, shell: string, own: string, listed: string]>([
  ['debian', 'sh', 'OLDPWD=/ PWD=/tmp', `export A='it'"'"'s "$x"' export PWD='/'`],
  ['busybox', 'sh', 'OLDPWD=/ PWD=/tmp SHLVL=1', `export A='it'"'"'s "$x"' export PWD='/' export SHLVL='1'`],
  [
    'debian',
    'bash',
    'OLDPWD=/ PWD=/tmp SHLVL=1',
    'declare -x A="it\'s \\"\\$x\\"" declare -x OLDPWD declare -x PWD="/" declare -x SHLVL="1"',
  ],
])('what %s: %s tells its programs of itself, and how it lists that', (base, shell, own, listed) => {
  const said = (text: string, words: string) => {
    const { output } = playCommand([shell, '-c', text], hostWith({}, { base }));
    return output
      .split('\n')
      .filter((line) => RegExp(`^${words}\\b`).test(line))
      .join(' ');
  };
  expect(said('cd /tmp; env; :', '(OLDPWD|PWD|SHLVL)')).toBe(own);
  expect(said(`export A="it's \\"\\$x\\""; export`, '(export|declare -x) (A|OLDPWD|PWD|SHLVL)')).toBe(listed);
});

it.each<[base: Base, shell: string, level: string]>([
  ['debian', 'bash', '0 1'],
  ['busybox', 'sh', '1 2'],
])('of how many shells a program of %s: %s is the innermost', (base, shell, level) => {
  const said = (text: string) => playCommand([shell, '-c', text], hostWith({}, { base })).output.trim();
  expect(`${said('printenv SHLVL')} ${said(`${shell} -c 'printenv SHLVL; :'`)}`).toBe(level);
  expect(playCommand(['printenv', 'SHLVL'], hostWith({}, { base })).output).toBe('');
});

it('a pipe that nobody empties ends whoever follows a file into it, and nothing else', () => {
  const grown =
    'x=0123456789abcdef; for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do x=$x$x; done; for i in 1 2 3; do echo $x >> f; done';
  const text = `echo a > f; tail -f f | sleep 30 & sleep 1; ${grown}; sleep 2; echo end`;
  expect(play(text, hostWith(), 100).output).toBe('sh: out of memory\nend\n');
});
