import { describe, expect, it } from 'vitest';
import type { ShellHost } from './commands';
import { compileCommand, compileShell } from './program';
import { runShell, SHELL_START, type ShellState } from './shell';

function hostWith(files: Record<string, string> = {}, changes: Partial<ShellHost> = {}): ShellHost {
  return {
    files,
    environment: { GREETING: 'hello world' },
    hostname: 'web-0',
    now: '2026-01-01T00:00:00Z',
    servers: ['nginx'],
    bare: true,
    reaches: () => false,
    ...changes,
  };
}

/** Runs a text to its end; returns what it printed, how long it slept and how it ended. */
function play(text: string, host = hostWith(), limit = 50): { output: string; sleptMs: number; end: string } {
  const code = compileShell(text);
  if (!code) return { output: '', sleptMs: 0, end: 'unsupported' };
  let state: ShellState = SHELL_START;
  let output = '';
  let sleptMs = 0;
  for (let runs = 0; runs < limit; runs++) {
    const run = runShell(code, state, host);
    output += run.output;
    state = JSON.parse(JSON.stringify(run.state)) as ShellState;
    if (run.effect.kind === 'exit') return { output, sleptMs, end: `exit ${run.effect.code}` };
    if (run.effect.kind !== 'sleep') return { output, sleptMs, end: run.effect.kind };
    sleptMs += run.effect.ms;
  }
  return { output, sleptMs, end: 'still running' };
}

describe('the small shell', () => {
  const cases: [text: string, output: string, sleptMs: number, end: string][] = [
    ['echo Hello Kubernetes! && sleep 10', 'Hello Kubernetes!\n', 10_000, 'exit 0'],
    ['touch /tmp/healthy; sleep 30; rm -rf /tmp/healthy; sleep 600', '', 630_000, 'exit 0'],
    ['sleep 0.5; exit 3', '', 500, 'exit 3'],
    ['false || echo no; true && echo yes', 'no\nyes\n', 0, 'exit 0'],
    ['false', '', 0, 'exit 1'],
    ['! false', '', 0, 'exit 0'],
    ['if [ -f /a ]; then echo there; elif test 1 -lt 2; then echo less; else echo none; fi', 'less\n', 0, 'exit 0'],
    ['for i in 1 2 3; do echo "n$i"; sleep 1; done', 'n1\nn2\nn3\n', 3000, 'exit 0'],
    ['for i in $(seq 1 3); do if [ $i = 2 ]; then break; fi; echo $i; done; echo end', '1\nend\n', 0, 'exit 0'],
    ['i=0; while [ $i -lt 3 ]; do i=$((i+1)); sleep 2; done; echo $i', '3\n', 6000, 'exit 0'],
    ['i=0; until [ $i -ge 2 ]; do i=$((i + 1)); if [ $i -eq 1 ]; then continue; fi; echo $i; done', '2\n', 0, 'exit 0'],
    ['echo $GREETING | grep -q hello && echo "found: $GREETING"', 'found: hello world\n', 0, 'exit 0'],
    ['echo one > /f; echo two >> /f; cat /f', 'one\ntwo\n', 0, 'exit 0'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: shell text
    ["echo '$GREETING' ${MISSING:-default}", '$GREETING default\n', 0, 'exit 0'],
    ['cat /tmp/health', "cat: can't open '/tmp/health': No such file or directory\n", 0, 'exit 1'],
    ['nosuch --flag', 'sh: nosuch: not found\n', 0, 'exit 127'],
    ['sleep 5 && nginx -g "daemon off;"', '', 5000, 'server'],
    ['tail -f /dev/null', '', 0, 'forever'],
    ['echo a # a comment\necho b', 'a\nb\n', 0, 'exit 0'],
    ['(sleep 1; echo in) ; { echo group; }', 'in\ngroup\n', 1000, 'exit 0'],
    ['hostname; sh -c "exit 4"', 'web-0\n', 0, 'exit 4'],
    ['case x in x) echo y;; esac', '', 0, 'unsupported'],
    ['echo "open', '', 0, 'unsupported'],
  ];
  it.each(cases)('%s', (text, output, sleptMs, end) => {
    expect(play(text)).toEqual({ output, sleptMs, end });
  });

  it('goes on for ever without blocking when a loop never sleeps', () => {
    expect(play('while true; do :; done', hostWith(), 3).end).toBe('still running');
  });

  it('keeps the files it made in the host', () => {
    const host = hostWith({ '/kept': 'x' });
    play('touch /tmp/healthy; rm /kept', host);
    expect(host.files).toEqual({ '/tmp/healthy': '' });
  });

  it('asks whether a Service answers', () => {
    const up = hostWith({}, { reaches: (name, port) => name === 'db' && (port === undefined || port === 3306) });
    expect(play('until nslookup db; do sleep 2; done; nc -z db 3306', up).end).toBe('exit 0');
    expect(play('until nslookup other; do sleep 2; done', up, 4)).toMatchObject({
      sleptMs: 8000,
      end: 'still running',
    });
  });

  it('runs a plain command line without expanding it', () => {
    const run = runShell(compileCommand(['echo', '$GREETING', 'a b']), SHELL_START, hostWith());
    expect(run.output).toBe('$GREETING a b\n');
  });

  it('takes an unknown program of an image with a program of its own for that program', () => {
    expect(play('python app.py', hostWith({}, { bare: false })).end).toBe('server');
  });
});
