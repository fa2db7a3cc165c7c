/** pidof and pgrep by the names of programs, as procps has them. */
import { expect, test } from 'vitest';
import { createTerminal } from '../../../testing/terminal';

const POD = (name: string, container: string) =>
  `{apiVersion: v1, kind: Pod, metadata: {name: ${name}}, spec: {containers: [{name: c, ${container}}]}}`;

function asker() {
  const { run, world } = createTerminal();
  run('apply -f -', POD('unknown', 'image: "openebs/provisioner-localpv:3.5.0"'));
  run('apply -f -', POD('shell', 'image: "example.com/tools:1", command: [sh, -c, "sleep 1000; sleep 2000"]'));
  world.simulation.run({ timeMs: world.simulation.nowMs + 15_000 });
  return (pod: string, command: string) => {
    const { stdout, code } = run(`exec ${pod} -- sh -c '${command}'`);
    return `${stdout.trimEnd()} ${code}`;
  };
}

test('pgrep counts and matches names, and does not find itself', () => {
  const ask = asker();
  expect(ask('shell', 'pgrep -c "^sle.*p$"')).toBe('1 0');
  expect(ask('shell', 'pgrep nope || echo none')).toBe('none 0');
  expect(ask('shell', 'pgrep -c nope; pgrep -x slee || echo none')).toBe('0\nnone 0');
  expect(ask('shell', 'pgrep -f "[l]eep 1000" | wc -l')).toBe('2 0');
  expect(ask('shell', 'pgrep "("')).toMatch(/ 2$/);
});

test('a program of which nothing is known goes by the name that is asked for', () => {
  const ask = asker();
  expect(ask('unknown', 'test `pgrep -c "^provisioner-loc.*"` = 1 && echo lives')).toBe('lives 0');
  expect(ask('unknown', 'pidof provisioner')).toBe('1 0');
});
