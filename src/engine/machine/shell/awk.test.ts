/** awk programs of several lines, as gawk 5.2.1 (--posix) and BusyBox 1.35 run them. */
import { expect, it } from 'vitest';
import { hostWith, play } from './shell-player';

const INPUT = 'alpha 10 x\nbeta 9 y\n\ngamma 100.5 z\nalpha 3 w\n';

it.each<[program: string, output: string]>([
  ['BEGIN{\nn++\nprint n\n}', '1\n'],
  ['NR==2 {\n used = $2 + 0\n if (used > 90) {\n print "full"\n } else {\n print "fine"\n }\n}', 'fine\n'],
  ['BEGIN{m=7\nif (m == 7)\nprint "yes"\nelse\nprint "no"\nprint "end"}', 'yes\nend\n'],
  ['BEGIN { if (0)\n print 1\nelse if (0) print 2; else\n\n print 3 }', '3\n'],
  ['BEGIN{\nfor (i=0;i<2;i++)\nprint i\nprint "x" }', '0\n1\nx\n'],
  ['BEGIN{ if (1)\nprint "one"\nprint "two" }', 'one\ntwo\n'],
  ['END{ a[1]; for (k in a) n++\nprint n, a[1] }', '1 \n'],
  ['BEGIN { print 1 \\\n , 2\nprint 3,\n4 }', '1 2\n3 4\n'],
  ['BEGIN { if (1 &&\n 1 ||\n 0) print "t" # why } "\n# and "\n}', 't\n'],
  [
    'BEGIN{for(;;){if(++j>2)break}; print j; for(;i<3;i++) ; print i; for(i=0;;) if (++i > 4)\nbreak\nprint i}',
    '3\n3\n5\n',
  ],
  ['BEGIN { do\n i++\n while (i < 3)\nprint i; do { i++ } while (i < 9); print i }', '3\n9\n'],
  ['BEGIN { ; while (i++ < 3) ; ; print i ; if (1) ; else print "no" }', '4\n'],
  ['function f(a,\n b)\n{\n if (a)\n return b\n return a\n}\n\nBEGIN {\n print f(1,\n 5), f(0, 2) }', '5 0\n'],
  ['/alpha/\n/beta/ { print "b" } ; END { print NR }', 'alpha 10 x\nb\nalpha 3 w\n5\n'],
  ['/beta/,\n/gamma/ { print NR }', '2\n3\n4\n'],
  ['NR == 2 { exit 3 }\nEND { print "end"; exit }', 'end\n'],
  ['BEGIN { $0 = "a b c"; i = 1; print $i++, i; print $NF-- ; print $--i }', '0 1\n0\n1 b -1\n'],
  [
    'BEGIN { x = "10"; if (x < 9) print "text"; if ("0") print "true"; if (y == 0 && y == "") print "both" }',
    'text\ntrue\nboth\n',
  ],
  [
    'BEGIN { a[1,2]; if ((1,2) in a) print "in"; for (k in a) { split(k, p, SUBSEP); print p[1] "-" p[2] } }',
    'in\n1-2\n',
  ],
  ['NR == 1 { NF = 2; print; $4 = "d"; print; print length ($1), substr($1, 2) }', 'alpha 10\nalpha 10  d\n5 lpha\n'],
  ['BEGIN { print "\\101\\t\\"b\\"", 1e-7, 1234567.8, 1 !x, 1 " " ++i, -2^2 }', 'A\t"b" 1e-07 1.23457e+06 11 1 1 -4\n'],
  [
    'BEGIN { print log(10), exp(1), sin(1), cos(0), atan2(0, -1), atan2(1, 1), log(0.5), exp(-5), int(-3.7), sqrt(2) }',
    '2.30259 2.71828 0.841471 1 3.14159 0.785398 -0.693147 0.00673795 -3 1.41421\n',
  ],
  ['{ if (NR == 2) next; printf "%s.",\n $1 }\nEND { print "" }', 'alpha..gamma.alpha.\n'],
])('%j', (program, output) => {
  expect(play('awk -f p.awk in', hostWith({ '/p.awk': `${program}\n`, '/in': INPUT }))).toMatchObject({ output });
});

it.each<[program: string, output: string, end: string]>([
  ['BEGIN { print 1 print 2 }', 'awk: cmd. line:1: Unexpected token\n', 'exit 1'],
  ['BEGIN {\nif (1 print 2\n}', 'awk: cmd. line:2: Unexpected token\n', 'exit 1'],
  ['BEGIN\n{ print }', 'awk: cmd. line:1: Unexpected token\n', 'exit 1'],
  ['BEGIN { print "a"; print 1 / 0 }', 'awk: cmd. line:1: Division by zero\na\n', 'exit 1'],
  ['BEGIN { if (1) { print 1 }', 'awk: cmd. line:1: Unexpected token\n', 'exit 1'],
  ['NR == 2 { exit 3 } END { exit }', '', 'exit 3'],
  [`BEGIN { print ${'!'.repeat(20_000)}1 }`, 'awk: cmd. line:1: Unexpected token\n', 'exit 1'],
])('%.60s', (program, output, end) => {
  expect(play(`awk '${program}' /in`, hostWith({ '/in': INPUT }))).toMatchObject({ output, end });
});
