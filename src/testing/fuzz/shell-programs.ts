/** Fuzz target: programs of the containers' small shell, drawn from its grammar and bent now and then. */
import { stringify } from 'yaml';
import { createSession } from '../../session/create-session';
import type { Dice } from './dice';
import { type FuzzTarget, oddWord, runComplaints } from './target';

const MAX_DEPTH = 6;

const expansion = (inside: string): string => `$\{${inside}}`;

function word(dice: Dice, depth: number): string {
  return dice.pick<() => string>([
    () =>
      dice.pick([
        'a',
        'b',
        '/tmp/f',
        '/etc/x',
        '1',
        '2',
        '10',
        '$x',
        '$y',
        '"$x$x"',
        '$1',
        '$?',
        '$#',
        '$@',
        expansion('x'),
        expansion('x:-d'),
      ]),
    () =>
      dice.pick([
        "'a b'",
        '"a $x"',
        '$((1+2))',
        '$((x*2))',
        '$((1/0))',
        '*',
        '?',
        '~',
        '!',
        '$constructor',
        expansion('__proto__'),
      ]),
    () => (depth < MAX_DEPTH ? `$(${line(dice, depth + 1)})` : 'z'),
    () => oddWord(dice).replace(/[\n\0]/g, ''),
  ])();
}

function simple(dice: Dice, depth: number): string {
  const name = dice.pick([
    ...[
      'echo',
      'cat',
      'touch',
      'rm',
      'test',
      'sleep',
      'exit',
      'env',
      'true',
      'false',
      'printf',
      'mkdir',
      'ls',
      'seq',
      'grep',
      'wc',
    ],
    ...[
      'head',
      'tail',
      'cd',
      'export',
      'read',
      'set',
      'shift',
      'eval',
      'exec',
      'trap',
      'kill',
      'wait',
      'date',
      'hostname',
      'nginx',
    ],
    ...['sh -c', '[', ':', 'break', 'continue', 'return', 'unset', 'expr', 'wget', 'nslookup', 'nosuch'],
  ]);
  const tail = name === '[' ? ' ]' : '';
  const redirection = dice.oneIn(5) ? ` ${dice.pick(['>', '>>', '<', '2>&1', '2>'])} ${word(dice, depth)}` : '';
  const assignment = dice.oneIn(6) ? `${dice.pick(['x', 'y', 'PATH', 'constructor'])}=${word(dice, depth)} ` : '';
  return `${assignment}${name} ${dice.several(0, 3, () => word(dice, depth)).join(' ')}${tail}${redirection}`;
}

function line(dice: Dice, depth: number): string {
  if (depth >= MAX_DEPTH) return simple(dice, depth);
  const inner = (): string => line(dice, depth + 1);
  return dice.pick<() => string>([
    () => simple(dice, depth),
    () => simple(dice, depth),
    () => `${inner()}; ${inner()}`,
    () => `${inner()} && ${inner()} || ${inner()}`,
    () => `${inner()} | ${inner()}`,
    () => `if ${inner()}; then ${inner()}; else ${inner()}; fi`,
    () => `while ${inner()}; do ${inner()}; done`,
    () => `for i in ${word(dice, depth)} ${word(dice, depth)}; do ${inner()}; done`,
    () => `(${inner()})`,
    () => `{ ${inner()}; }`,
    () => `f() { ${inner()}; }; f a b`,
    () => `case ${word(dice, depth)} in a*) ${inner()};; *) ${inner()};; esac`,
    () => `${inner()} &`,
    () => `cat <<E\n$x\nE\n${inner()}`,
  ])();
}

/** Bends a program: a piece left out or doubled. */
function bend(dice: Dice, text: string): string {
  const from = dice.below(text.length + 1);
  const to = from + dice.below(6);
  return dice.oneIn(2) ? text.slice(0, from) + text.slice(to) : text.slice(0, to) + text.slice(from);
}

/** Programs of one container, run for half a minute. */
export const shellPrograms: FuzzTarget = {
  name: 'shell',
  draw(dice) {
    const text = line(dice, 0);
    return dice.oneIn(4) ? bend(dice, text) : text;
  },
  judge(input) {
    const container = { name: 'c', image: 'busybox', command: ['sh', '-c', input] };
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { containers: [container] } };
    const { session, problems } = createSession(stringify(pod));
    if (!session) return problems.map(({ message }) => message);
    return runComplaints(session, 30_000, input);
  },
};
