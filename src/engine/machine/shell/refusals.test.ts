/** What utilities and shells say of what they were asked wrongly or seldom, as BusyBox 1.35, dash, bash 5.2 and GNU's do. */
import { expect, it } from 'vitest';
import type { Base } from './held-programs';
import { hostWith, play, playCommand } from './shell-player';

const SEQ = 'BusyBox v1.36.1 multi-call binary.\n\nUsage: seq [-w] [-s SEP] [FIRST [INC]] LAST\n';
const TRY = "Try 'seq --help' for more information.\n";
const HEAD = 'Filesystem           1K-blocks      Used Available Use% Mounted on\n';
const LINKS = 'mkdir /d; echo hello > /d/a; ln -s d/a /l; ln -s nowhere /d/x; ';

const utilities: [base: Base, text: string, output: string][] = [
  ['busybox', 'seq; echo $?', `${SEQ}1\n`],
  ['busybox', 'seq a; echo $?', `${SEQ}1\n`],
  ['busybox', 'seq 1 2 3 4; echo $?', `${SEQ}1\n`],
  ['busybox', 'seq 1 0 3 | head -2', '1\n1\n'],
  ['busybox', 'seq -s , -1 1', '-1,0,1\n'],
  ['debian', 'seq; echo $?', `seq: missing operand\n${TRY}1\n`],
  ['debian', 'seq a; echo $?', `seq: invalid floating point argument: 'a'\n${TRY}1\n`],
  ['debian', 'seq 1 2 3 4; echo $?', `seq: extra operand '4'\n${TRY}1\n`],
  ['debian', 'seq 1 0 3; echo $?', `seq: invalid Zero increment value: '0'\n${TRY}1\n`],
  ['busybox', 'df nosuch; echo $?', `df: nosuch: can't find mount point\n${HEAD}1\n`],
  ['debian', 'df nosuch; echo $?', 'df: nosuch: No such file or directory\n1\n'],
  [
    'busybox',
    'tar cf /x.tar nosuch; echo $?',
    'tar: nosuch: No such file or directory\ntar: error exit delayed from previous errors\n1\n',
  ],
  [
    'debian',
    'tar cf /x.tar nosuch; echo $?',
    'tar: nosuch: Cannot stat: No such file or directory\ntar: Exiting with failure status due to previous errors\n2\n',
  ],
  ['busybox', 'trap "a" TERM; trap "b" INT HUP; trap', "trap -- 'b' HUP\ntrap -- 'b' INT\ntrap -- 'a' TERM\n"],
  ['debian', 'trap "a" 15 USR1; trap', "trap -- 'a' USR1\ntrap -- 'a' TERM\n"],
  ['busybox', '((x > 3)); echo $?; ls /3', 'sh: x: not found\n127\n/3\n'],
  ['debian', '((x > 3)); echo $?', 'sh: 1: x: not found\n127\n'],
  ['busybox', 'if (( 1 )); then echo y; fi; echo a | ((cat))', 'sh: 1: not found\na\n'],
  ['busybox', 'echo $-; set -eux; echo $-', 'c\n+ echo uxce\nuxce\n'],
  ['debian', 'echo [$-]; set -efC; echo $-', '[]\nCfe\n'],
  [
    'busybox',
    `${LINKS}ls -lL /l | cut -c1-10; ls -LF /d; echo $?`,
    '-rw-r--r--\nls: /d/x: No such file or directory\na\n1\n',
  ],
  [
    'debian',
    `${LINKS}ls -lL /l | cut -c1-10; ls -L /d/x; echo $?`,
    "-rw-r--r--\nls: cannot access '/d/x': No such file or directory\n2\n",
  ],
];

it.each(utilities)('%s: %s', (base, text, output) => {
  expect(play(text, hostWith({}, { base })).output).toBe(output);
});

it.each([
  ['trap "a" TERM EXIT; trap; trap - EXIT', "trap -- 'a' EXIT\ntrap -- 'a' SIGTERM\n"],
  ['set -aeu; echo $-', 'aehuBc\n'],
  ['x=4; ((x > 3)); echo $?', '0\n'],
  ['bash --version | head -1', 'GNU bash, version 5.2.37(1)-release (x86_64-pc-linux-gnu)\n'],
])('bash: %s', (text, output) => {
  expect(playCommand(['bash', '-c', text], hostWith({}, { base: 'debian' })).output).toBe(output);
});
