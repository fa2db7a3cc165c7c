import { describe, expect, it } from 'vitest';
import type { ShellNetwork } from '../network-face';
import { NO_NETWORK } from './network-options';
import { newBudget, programOf, runTable, startTable } from './shell';
import { hostWith, play, playCommand, type Signals } from './shell-player';

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
    [`echo '$GREETING' \${MISSING:-default}`, '$GREETING default\n', 0, 'exit 0'],
    ['cat /tmp/health', "cat: can't open '/tmp/health': No such file or directory\n", 0, 'exit 1'],
    ['nosuch --flag', 'sh: nosuch: not found\n', 0, 'exit 127'],
    ['sleep 5 && nginx -g "daemon off;"', '', 5000, 'server'],
    ['tail -f /dev/null', '', 0, 'forever'],
    ['echo a # a comment\necho b', 'a\nb\n', 0, 'exit 0'],
    ['(sleep 1; echo in) ; { echo group; }', 'in\ngroup\n', 1000, 'exit 0'],
    ['hostname; sh -c "exit 4"', 'web-0\n', 0, 'exit 4'],
    ['echo $((2 * (3 + 4) % 5)) $(( -7 / 2 )) $((1 < 2 && 3 != 3))', '4 -3 0\n', 0, 'exit 0'],
    [`i=7; echo $(($i+\${i})) $(( $(echo 3) * 2 ))`, '14 6\n', 0, 'exit 0'],
    ['echo $((9223372036854775807 + 1))', '-9223372036854775808\n', 0, 'exit 0'],
    ['echo a; echo $((1/0)); echo b', 'a\nsh: divide by zero\n', 0, 'exit 2'],
    ['echo $((1 +)); echo b', 'sh: arithmetic syntax error\n', 0, 'exit 2'],
    ['x=$(sleep 3; echo late); echo $x', 'late\n', 3000, 'exit 0'],
    ['sh -c "sleep 2; exit 7"; echo $?', '7\n', 2000, 'exit 0'],
    ['echo "$(echo ")")" $(echo \'(\')', ') (\n', 0, 'exit 0'],
    [`Y=b; echo \${X:-$Y-\${Z:-c}}`, 'b-c\n', 0, 'exit 0'],
    ['printf "a\\nb\\nc\\n" | head -n 2 | tail -1', 'b\n', 0, 'exit 0'],
    ['echo web-12 | grep -E "^(web|db)-[0-9]+$"', 'web-12\n', 0, 'exit 0'],
    ['echo $constructor $toString $__proto__; constructor=x; echo $constructor', '\nx\n', 0, 'exit 0'],
    [
      '__proto__=x; echo $__proto__; echo y > __proto__; cat __proto__; cat toString',
      "x\ny\ncat: can't open 'toString': No such file or directory\n",
      0,
      'exit 1',
    ],
    ['[ 1 toString 2 ] || printenv constructor || echo none', 'sh: toString: unknown operand\nnone\n', 0, 'exit 0'],
    ['x=$(tail -f /dev/null); echo never', '', 0, 'forever'],
    ['x=$(while true; do :; done); echo never', '', 50_000, 'still running'],
    ['case x in x) echo y;; esac', 'y\n', 0, 'exit 0'],
    [
      'while getopts "ab:" o -a -b val -xb; do echo "$o $OPTARG"; done; echo $OPTIND',
      'a \nb val\nIllegal option -x\n? \nNo arg for -b option\n? \n5\n',
      0,
      'exit 0',
    ],
    ['cd /tmp; cd -; [ "$RANDOM" -lt 32768 ] && sleep 2 && echo $SECONDS', '/\n0\n', 2000, 'exit 0'],
    ['printf "1\n2\n3\n" | paste -sd+; printf "a\nb\n" | paste - -', '1+2+3\na\tb\n', 0, 'exit 0'],
    ['echo "open', 'sh: syntax error: unterminated quoted string', 0, 'unreadable'],
  ];
  it.each(cases)('%s', (text, output, sleptMs, end) => {
    expect(play(text)).toEqual({ output, sleptMs, end });
  });

  it('takes braces for several words only as bash', () => {
    const host = hostWith({}, { base: 'debian' });
    const run = play('echo {a,b}c; bash -c "echo {a,b}c-{3..1} {x} {a,b {1..99999}"', host);
    expect(run.output).toBe('{a,b}c\nac-3 ac-2 ac-1 bc-3 bc-2 bc-1 {x} {a,b {1..99999}\n');
  });

  it.each([
    ['yes | head -c 900000 | wc -c', '900000\n'],
    ['yes | head -n 40000 | wc -l', '40000\n'],
    ['seq 1 100000 | tail -1', '100000\n'],
    ['env -i A=1 B=2 env; export C=3; env -u HOME -u GREETING D=4 | grep -E "^(C|D|G)="', 'A=1\nB=2\nC=3\nD=4\n'],
    ['A=5 printenv A; env A=6 printenv A', '5\n6\n'],
    ['A=5 B=6 printenv A C B || echo missing', '5\n6\nmissing\n'],
    ['seq 1 9999999', 'sh: out of memory\n'],
  ])('handles much: %s', (text, output) => expect(play(text).output).toBe(output));

  it('goes on for ever without blocking when a loop never sleeps', () => {
    expect(play('while true; do :; done', hostWith(), 3).end).toBe('still running');
  });

  it.each([
    ['nested braces', `${'{ '.repeat(3000)}:${'; }'.repeat(3000)}`],
    ['nested brackets', `${'( '.repeat(3000)}:${' )'.repeat(3000)}`],
    ['nested ifs', `${'if true; then '.repeat(3000)}:${'; fi'.repeat(3000)}`],
    ['nested defaults', `echo ${'${a:-'.repeat(3000)}${'}'.repeat(3000)}`],
    ['open substitutions', '$('.repeat(60_000)],
    ['a text longer than an argument may be', ':;'.repeat(70_000)],
  ])('does not take %s', (_name, text) => {
    expect(['unreadable', 'exit 2']).toContain(play(text).end);
  });

  it.each<[string, string, string | RegExp]>([
    [
      'nested substitutions',
      `echo ${'$('.repeat(60)}echo a${')'.repeat(60)}`,
      "sh: can't fork: Resource temporarily unavailable\n",
    ],
    ['shells that call themselves', 'export X=\'sh -c "$X"\'; sh -c "$X"', /^$|can't fork/],
    ['nested arithmetic', `echo $((${'('.repeat(90)}1${')'.repeat(90)}))`, 'sh: arithmetic syntax error\n'],
  ])('ends %s', (_name, text, output) => {
    const run = play(text);
    expect(run.end).toMatch(/^exit/);
    expect(run.output).toMatch(output);
  });

  it.each([
    ['a variable that doubles', 'x=aaaaaaaaaaaaaaaa; while true; do x=$x$x; done', 'sh: out of memory\n', 'exit 2'],
    [
      'files that double',
      'echo aaaa > /f; while true; do cat /f /f > /g; cat /g /g > /f; done',
      'sh: out of memory\n',
      'exit 2',
    ],
    [
      'many words',
      'for i in $(seq 1 9000) $(seq 1 9000) $(seq 1 9000); do for j in $(seq 1 9000) $(seq 1 9000) $(seq 1 9000); do for k in $(seq 1 9000) $(seq 1 9000) $(seq 1 9000); do for l in $(seq 1 9000) $(seq 1 9000) $(seq 1 9000); do for m in $(seq 1 9000) $(seq 1 9000) $(seq 1 9000); do for n in $(seq 1 9000) $(seq 1 9000) $(seq 1 9000); do for o in $(seq 1 9000) $(seq 1 9000) $(seq 1 9000); do for p in $(seq 1 9000) $(seq 1 9000) $(seq 1 9000); do :; done; done; done; done; done; done; done; done',
      'sh: out of memory\n',
      'exit 2',
    ],
  ])('ends %s as a lack of memory does', (_name, text, output, end) => {
    expect(play(text)).toMatchObject({ output, end });
  });

  it('keeps standard error apart', () => {
    expect(play('x=$(cat /no); echo "[$x]"').output).toBe("cat: can't open '/no': No such file or directory\n[]\n");
    expect(play('cat /no 2>/dev/null || echo gone').output).toBe('gone\n');
    expect(play('cat /no 2>&1 | grep -c open; cat /no >/f 2>&1; cat /f | head -1').output).toBe(
      "1\ncat: can't open '/no': No such file or directory\n",
    );
    expect(play('x=$(nosuch); echo $?').output).toBe('sh: nosuch: not found\n127\n');
    expect(play('x=aaaa; while true; do x=$(echo $x$x); done', hostWith(), 3)).toMatchObject({ end: 'still running' });
  });

  it('has room for a thousand files', () => {
    const host = hostWith();
    const run = play('i=0; while touch /f$i; do i=$((i+1)); done; echo $i', host, 100);
    expect(run).toMatchObject({
      end: 'exit 0',
      output: 'touch: /f1000: No space left on device\n1000\n',
    });
    expect(play('echo a > /more && echo yes', host).output).toBe("sh: can't create /more: No space left on device\n");
    expect(play('echo more >> /f1; cat /f1', host).output).toBe('more\n');
  });

  it('makes loops of tiny sleeps wait', () => {
    for (const sleep of ['0', '0.0001', '0.0', '0.0004s']) {
      expect(play(`while true; do sleep ${sleep}; done`, hostWith(), 10)).toMatchObject({
        sleptMs: 10_000,
        end: 'still running',
      });
    }
    expect(play('for i in $(seq 1 199); do sleep 0.01; done', hostWith(), 300)).toMatchObject({
      sleptMs: 1990,
      end: 'exit 0',
    });
    const wakes = 2000;
    const { sleptMs } = play('while true; do sleep 0.001; done', hostWith(), wakes);
    expect(sleptMs).toBeGreaterThan((wakes - 1600) * 1000);
  });

  it('shares one budget between a program, its substitutions and its inner shells', () => {
    const budget = newBudget();
    const loops =
      'while true; do x=$(while true; do y=$(while true; do z=$(while true; do :; done); done); done); done';
    const program = programOf(['sh', '-c', loops], hostWith());
    if ('problem' in program) throw new Error(program.problem);
    runTable(startTable(program), hostWith(), 0, budget);
    expect(budget.instructions).toBeGreaterThan(-1_000);
  });

  it('keeps the files it made in the host', () => {
    const host = hostWith({ '/kept': 'x' });
    play('touch /tmp/healthy; rm /kept', host);
    expect(host.files).toEqual({ '/tmp/healthy': '', '/tmp/healthy\0time': '2026-01-01T00:00:00Z' });
  });

  it('asks whether a Service answers', () => {
    const network: ShellNetwork = {
      ...NO_NETWORK,
      lookUp: (name) =>
        name === 'db'
          ? { kind: 'found', name, aliases: [], addresses: ['10.96.0.7'] }
          : { kind: 'nxdomain', aliases: [] },
      send: ({ port }) => (port === 3306 ? { latencyMs: 1 } : { latencyMs: 1, failure: 'refused' }),
    };
    const up = hostWith({}, { network });
    expect(play('until nslookup db; do sleep 2; done; nc -z db 3306', up).end).toBe('exit 0');
    expect(play('until nslookup other; do sleep 2; done', up, 4)).toMatchObject({
      sleptMs: 8000,
      end: 'still running',
    });
  });

  it('runs a plain command line without expanding it', () => {
    expect(playCommand(['echo', '$GREETING', 'a b']).output).toBe('$GREETING a b\n');
  });

  it('takes an unknown program of an image with a program of its own for that program', () => {
    expect(play('python app.py', hostWith({}, { bare: false, servers: ['python'], holds: () => true })).end).toBe(
      'server',
    );
  });

  it('fails to write where it may not', () => {
    const host = hostWith({ '/etc/config/key': 'v' }, { isReadOnly: (path) => path.startsWith('/etc/config') });
    expect(
      play('echo x > /etc/config/key; touch /etc/config/new; rm /etc/config/key; cat /etc/config/key', host).output,
    ).toBe(
      "sh: can't create /etc/config/key: Read-only file system\ntouch: /etc/config/new: Read-only file system\nrm: can't remove '/etc/config/key': Read-only file system\nv",
    );
  });

  it.each<[text: string, signals: Signals, output: string, sleptMs: number, end: string]>([
    ['a shell without a trap', { 1000: 'TERM' }, 'a\n', 10_000, 'exit 0'],
    ['trap "echo caught; exit 3" TERM; :', { 1000: 'TERM' }, 'a\ncaught\n', 10_000, 'exit 3'],
    ['trap "echo caught; exit 3" TERM INT; sleep 10 & wait; :', { 1000: 'INT' }, 'caught\n', 1000, 'exit 3'],
    ['trap "echo again" TERM; sleep 10 & wait; echo on', { 1000: 'TERM' }, 'again\non\n', 1000, 'exit 0'],
    ['exec sleep 10', { 1000: 'TERM' }, '', 10_000, 'exit 0'],
  ])('%s, with a signal', (text, signals, output, sleptMs, end) => {
    const program =
      text.includes('wait') || text.startsWith('exec')
        ? text
        : `${text.startsWith('trap') ? text : ':'}; echo a; sleep 10`;
    expect(play(program, hostWith(), 50, signals)).toEqual({ output, sleptMs, end });
  });

  it('streams through pipes while their writers go on', () => {
    expect(
      play(
        'for i in 1 2 3; do echo $i; sleep 1; done | grep -v 2 | while read x; do echo "got $x"; done',
        hostWith(),
        2,
      ).output,
    ).toBe('got 1\n');
  });
});
