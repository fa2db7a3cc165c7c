/** Shells that shells begin: their traps, the signals that are sent to them, and where their programs come from. As dash 0.5.12, bash 5.2 and BusyBox 1.35 have it. */
import { describe, expect, it } from 'vitest';
import { hostWith, play, playCommand } from './shell-player';

const LOOP = 'while :; do sleep 1; done';
const TRAP = `trap "echo T; exit 7" TERM; ${LOOP}`;
const END = 'p=$!; sleep 1; kill $p; wait $p; echo $?';

describe('a child that is killed runs its own trap', () => {
  it.each([
    `sh -c '${TRAP}' & ${END}`,
    `(${TRAP}) & ${END}`,
    `{ ${TRAP}; } & ${END}`,
    `f() { ${TRAP}; }; f & ${END}`,
    `echo '${TRAP}' > w.sh; sh w.sh & ${END}`,
    `printf '#!/bin/sh\\n${TRAP}\\n' > w.sh; chmod +x w.sh; ./w.sh & ${END}`,
    `nohup sh -c '${TRAP}' & ${END}`,
    `env A=1 sh -c '${TRAP}' > out & ${END} > end; cat out end`,
    `echo x | (${TRAP}) & ${END}`,
    `trap 'kill $p; wait $p; echo $?; exit' TERM; sh -c '${TRAP}' & p=$!; (sleep 1; kill $$) & wait $p; echo no`,
  ])('%s', (text) => {
    for (const shell of ['sh', 'bash'])
      expect(playCommand([shell, '-c', text], hostWith({}, { base: 'debian' })).output).toBe('T\n7\n');
    expect(play(text).output).toBe('T\n7\n');
  });

  it('and the end of one that waits for another takes that with it', () => {
    const inner = `sh -c "trap \\"echo inner; exit 9\\" TERM; ${LOOP}" & q=$!`;
    const outer = `${inner}; trap "kill \\$q; wait \\$q; echo outer \\$?; exit 8" TERM; ${LOOP}`;
    expect(play(`sh -c '${outer}' & ${END}`).output).toBe('inner\nouter 9\n8\n');
  });
});

describe('a shell takes its program from its input', () => {
  it.each<[text: string, output: string]>([
    ['echo \'echo "$1 $#"\' | sh -s -- A B', 'A 2\n'],
    ['echo \'echo "$1 $#"\' | sh -s A', 'A 1\n'],
    ['echo \'echo "$1 $#"\' | sh -es -- -x', '-x 1\n'],
    ['echo \'echo "$1 $#"\' | sh --; echo "echo in" | sh -', ' 0\nin\n'],
    ['echo \'echo "$1 $#"\' > f; sh -- f A; sh - f B; sh f -- C', 'A 1\nB 1\n-- 2\n'],
    ["sh -c -- 'echo $1' n A", 'A\n'],
    ["printf 'read x; echo got $x; exit 4' | sh -s; echo $?", 'got\n4\n'],
  ])('%s', (text, output) => expect(play(text).output).toBe(output));

  it.each<[argv: string[], base: 'debian' | 'busybox', output: string, end: string]>([
    [['sh', '/no.sh'], 'busybox', "sh: can't open '/no.sh': No such file or directory\n", 'exit 2'],
    [['sh', '/no.sh'], 'debian', 'sh: 0: cannot open /no.sh: No such file\n', 'exit 2'],
    [['bash', '/no.sh'], 'debian', 'bash: /no.sh: No such file or directory\n', 'exit 127'],
  ])('%j in %s', (argv, base, output, end) => {
    expect(playCommand(argv, hostWith({}, { base }))).toMatchObject({ output, end });
  });
});
