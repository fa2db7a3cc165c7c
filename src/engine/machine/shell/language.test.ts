import { describe, expect, it } from 'vitest';
import { play } from './shell-player';

describe('the shell', () => {
  const language: [text: string, output: string, end?: string][] = [
    [`f() { local x=2; echo "$1 $x \${#x}"; return 3; }; x=1; f a; echo "$? $x"`, 'a 2 1\n3 1\n'],
    ['case abc in a*) echo one;; *) echo two;; esac; case x in y|x) echo three; esac', 'one\nthree\n'],
    ['cat <<EOF\nhi $GREETING $((1+1))\nEOF\ncat <<"E"\n$GREETING\nE', 'hi hello world 2\n$GREETING\n'],
    [
      `p=/a/b.tar.gz; echo \${p##*/} \${p%.*} \${p%%.*} \${p#/} \${q:=new} $q \${p:+yes} \${p/b/c} \${p:1:2}`,
      'b.tar.gz /a/b.tar /a/b a/b.tar.gz new new yes /a/c.tar.gz a/\n',
    ],
    ['set -- a "b c"; for x in "$@"; do echo "<$x>"; done; shift; echo $# $1', '<a>\n<b c>\n1 b c\n'],
    ['printf "a 1\\nb 2\\n" | while read -r n v; do echo "$v$n"; done', '1a\n2b\n'],
    ['x=1; (x=2; exit 4); echo "$? $x"; echo y | read x; echo $x', '4 1\n1\n'],
    ['set -e; false || true; if false; then :; fi; ! true; echo on; false; echo never', 'on\n', 'exit 1'],
    ['set -u; echo $nosuch; echo never', 'sh: nosuch: parameter not set\n', 'exit 2'],
    ['set -x; a=1; echo "$a b"', "+ a=1\n+ echo '1 b'\n1 b\n"],
    // As bash 5.2 prints it.
    [
      `bash -c 'set -x; [[ \`echo a-1\` =~ -([0-9]+)$ ]] || exit 1; o=\${BASH_REMATCH[1]}; [[ -d /nosuch && 1 == 1 ]]; [[ "$o" == "1" ]]; [[ $o -eq 1 || -f x ]]; echo $(echo $(echo b)); [[ "" ]]; [[ $o ]]; [[ a.c =~ "a."c ]]; [[ -v o ]]'`,
      "++ echo a-1\n+ [[ a-1 =~ -([0-9]+)$ ]]\n+ o=1\n+ [[ -d /nosuch ]]\n+ [[ 1 == \\1 ]]\n+ [[ 1 -eq 1 ]]\n+++ echo b\n++ echo b\n+ echo b\nb\n+ [[ -n '' ]]\n+ [[ -n 1 ]]\n+ [[ a.c =~ a\\.c ]]\n+ [[ -v o ]]\n",
    ],
    ['set -o pipefail; false | true; echo $?; set +o pipefail; false | true; echo $?', '1\n0\n'],
    ['for i in 1 2 3; do for j in 1 2; do [ $i$j = 21 ] && break 2; echo $i$j; done; done', '11\n12\n'],
    ['i=0; while :; do i=$((i+1)); [ $i = 2 ] && continue; [ $i -gt 3 ] && break; echo $i; done', '1\n3\n'],
    ['trap "echo bye" EXIT; echo hi; exit 5', 'hi\nbye\n', 'exit 5'],
    ['(sleep 2; echo late) & echo $!; wait $!; echo "done $?"', '7\nlate\ndone 0\n'],
    ['sleep 100 & kill $!; wait $!; echo $?', 'Terminated\n143\n'],
    ['yes | head -2; yes x | head -n 1', 'y\ny\nx\n'],
    ['nosuch 2>/dev/null; echo $?; /no/such; echo $?', '127\nsh: /no/such: not found\n127\n'],
    ['mkdir -p /d; cd /d; touch b.txt a.txt; echo *.txt /d/?.txt no*; pwd', 'a.txt b.txt /d/a.txt /d/b.txt no*\n/d\n'],
    [
      'echo one > /f; echo two >> /f; { echo three; nosuch; } > /g 2>&1; cat /f /g',
      'one\ntwo\nthree\nsh: nosuch: not found\n',
    ],
    [
      '[[ abc == a* && ( 1 -lt 2 || x == y ) ]] && echo yes; [[ "a*" == "a*" ]] && [[ v12 =~ ^v[0-9]+$ ]] && echo too',
      'yes\ntoo\n',
    ],
    [
      'i=5; echo $((i++ + ++i)) $i $((i>6?1:0)) $((1<<4 | 1)) $((0x10)); bash -c "i=$i; ((i=i*2)); echo \\$i"; ((i=i*2)); echo $i',
      '12 7 1 17 16\n14\n7\n',
    ],
    [
      'eval "a=5; echo \\$a"; echo "echo in \\$1" > /s.sh; sh /s.sh arg; . /s.sh; chmod +x /s.sh; /s.sh x',
      '5\nin arg\nin\nin x\n',
    ],
    ['X=1 env | grep ^X; export Y=2; sh -c "echo \\$Y \\$Z"; unset GREETING; echo "[$GREETING]"', 'X=1\n2\n[]\n'],
    ['sh -c "exit 9" || echo "$?"; false; echo $?; echo "$0 $$"', '9\n1\nsh 1\n'],
    ['IFS=:; set -- a:b; x=a:b:c; for p in $x; do echo $p; done', 'a\nb\nc\n'],
    ['echo a; exec echo b; echo c', 'a\nb\n'],
    ['exec > /out; echo hidden; cat /out >&2', 'hidden\n'],
    ['echo out; echo err >&2; echo $(echo sub >&2; echo x)', 'out\nerr\nsub\nx\n'],
    ['until false; do echo once; break; done; a() { b; }; b() { echo deep; }; a', 'once\ndeep\n'],
  ];
  it.each(language)('%s', (text, output, end = 'exit 0') => {
    expect(play(text)).toMatchObject({ output, end });
  });

  const utilities: [text: string, output: string][] = [
    ["printf '%s-%03d|%-4s|%.2f\\n' a 7 b 1.5 c 8 d 2", 'a-007|b   |1.50\nc-008|d   |2.00\n'],
    ["printf 'b 2\\na 10\\na 10\\n' | sort | uniq -c | sort -rn | head -1", '      2 a 10\n'],
    ["printf '3\\n10\\n2\\n' | sort -n | tr '\\n' ,; echo", '2,3,10,\n'],
    ['echo a:b:c | cut -d: -f1,3; echo hello | cut -c2-3; echo HeLLo | tr A-Z a-z | tr -d l', 'a:c\nel\nheo\n'],
    [
      "echo 'x=1 y=2' | sed 's/\\([a-z]\\)=/\\1: /g; s/2/3/'; printf 'a\\nb\\nc\\n' | sed -n '2,$p' | sed 2d",
      'x: 1 y: 3\nb\n',
    ],
    ["echo k=v > /c; sed -i 's/v/w/' /c; cat /c; printf 'a\\nb\\n' | sed '/a/!d'", 'k=w\na\n'],
    [
      "printf 'a/b\\n' | sed 's/[/]/x/; /[/]/d; s/[^/[:digit:]x/]/y/'; echo a > /k; sed -i.bak s/a/b/ /k; sed -ni.old '' /k; cat /k /k.bak /k.old",
      'yxb\na\nb\n',
    ],
    ["printf 'a 1\\nb 2\\n' | awk '{ s += $2; print $1 } END { print s, NR }'", 'a\nb\n3 2\n'],
    [
      'printf \'a:1\\nb:5\\n\' | awk -F: -v m=3 \'$2 > m { printf "%s=%d\\n", $1, $2 }\'; awk \'BEGIN { print 2^3, length("abc"), substr("hello", 2, 3) }\'',
      'b=5\n8 3 ell\n',
    ],
    ["printf 'x a\\ny b\\nx c\\n' | awk '{ n[$1]++ } END { for (k in n) print k, n[k] }'", 'x 2\ny 1\n'],
    [
      "printf 'one\\ntwo\\n' | grep -n o; printf 'ab12\\n' | grep -oE '[0-9]+'; echo x | grep -c y",
      '1:one\n2:two\n12\n0\n',
    ],
    [
      'mkdir -p /d/e; echo 12345 > /d/f; chmod 600 /d/f; ls -l /d | tail -1 | cut -c1-10; stat -c "%a %s" /d/f; ls /d',
      '-rw-------\n600 6\ne\nf\n',
    ],
    ['mkdir /q; touch /q/a.log /q/b.txt; find /q -name "*.log"; find /q -type d; ls /q | wc -l', '/q/a.log\n/q\n2\n'],
    [
      'seq 3 | xargs echo; seq 1 2 5 | xargs -n 1 echo n; echo a b | xargs -I {} echo "<{}>"',
      '1 2 3\nn 1\nn 3\nn 5\n<a b>\n',
    ],
    [
      'date +%Y-%m-%dT%H:%M:%S; date +%s; date; date -d @0 +%F',
      '2026-01-01T00:00:00\n1767225600\nThu Jan  1 00:00:00 UTC 2026\n1970-01-01\n',
    ],
    ['id -u; whoami; uname; hostname; basename /a/b.c .c; dirname /a/b', '0\nroot\nLinux\nweb-0\nb\n/a\n'],
    [
      'echo hi | base64; echo aGk= | base64 -d; echo; echo abc | rev; head -c 2 /etc/none || echo no',
      'aGkK\nhi\ncba\nhead: /etc/none: No such file or directory\nno\n',
    ],
    [
      'echo a | tee /t1 /t2; cat /t1 /t2; cp /t1 /t3 && mv /t3 /t4 && cat /t4; rm /t4; ls /t4',
      'a\na\na\na\nls: /t4: No such file or directory\n',
    ],
    ['sysctl -w vm.max_map_count=262144', 'vm.max_map_count = 262144\n'],
    ['sleep 300 & ps | grep -v sh | grep -c "sleep 300$"; kill %1', '1\n'],
  ];
  it.each(utilities)('%s', (text, output) => {
    expect(play(text)).toMatchObject({ output });
  });
});
