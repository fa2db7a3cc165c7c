import { describe, expect, it } from 'vitest';
import { hostWith, playCommand } from './shell-player';

const bash = (text: string) => playCommand(['bash', '-c', text], hostWith({}, { base: 'debian' }));

describe('what bash has beyond other shells', () => {
  const cases: [text: string, output: string, end?: string][] = [
    [
      `a=(x "y z"); a+=(w); echo \${#a[@]} \${a[1]} "\${a[@]:1}"; for e in "\${a[@]}"; do echo "<$e>"; done`,
      '3 y z y z w\n<x>\n<y z>\n<w>\n',
    ],
    [
      `N=2; a=(p q r); echo \${a[$N]} \${a[N-1]} \${a[-1]} $a \${#a[2]}; a[5]=f; echo "\${!a[@]}"; unset "a[0]"; echo "\${a[*]}"`,
      'r q r p 1\n0 1 2 5\nq r f\n',
    ],
    [
      `declare -A m=([one]=1 ["two words"]=2); m[three]=3; for k in "\${!m[@]}"; do echo "$k=\${m[$k]}"; done`,
      'one=1\ntwo words=2\nthree=3\n',
    ],
    [`f() { local a=(in); a+=(side); echo "\${a[@]}"; }; a=(out); f; echo "\${a[@]}"`, 'in side\nout\n'],
    [
      `set -u; a=(); echo "\${#a[@]}" "\${a[@]}" \${a[@]+"\${a[@]}"}; set -- 1 "2 3"; printf "[%s]" "\${@:2}" \${1+"$@"}; echo`,
      '0\n[2 3][1][2 3]\n',
    ],
    [
      `a=(a.yaml b.yaml); echo "\${a[@]%.yaml}" "\${a[@]/#/--f=}"; IFS=,; echo "\${a[*]}"`,
      'a b --f=a.yaml --f=b.yaml\na.yaml,b.yaml\n',
    ],
    [
      `x=y; y=deep; echo \${!x} \${!x:-no}; z=1; (( z += 2 )); b=(4 5); echo $((b[1] + z)); b[0]=$((b[0]*2)); let "b[1]=7"; echo "\${b[@]}"`,
      'deep deep\n8\n8 7\n',
    ],
    [
      'for ((i = 0; i < 5; i++)); do [ $i = 1 ] && continue; [ $i = 3 ] && break; echo $i; done; echo "at $i"',
      '0\n2\nat 3\n',
    ],
    [
      `[[ web-12 =~ -([0-9]+)$ ]] && echo \${BASH_REMATCH[1]}; [[ "bin.1 42" =~ ^(.*?)[[:space:]]+(.*?)$ ]] && echo "\${BASH_REMATCH[2]}"; [[ axb =~ a\\.b ]] || echo no`,
      '12\n42\nno\n',
    ],
    [
      'echo one > /f; echo "$(</f) $(< /f)"; while read -r l; do n=$((n+1)); done < <(seq 3); echo $n; while read l; do echo never; done < <(true)',
      'one one\n3\n',
    ],
    [
      `IFS=, read -ra p <<< "a,b c,d"; echo "\${#p[@]}:\${p[1]}"; mapfile -t l < <(printf "1\\n2 2\\n"); echo "\${l[1]}"; [[ -v p ]] && [[ ! -v q ]] && echo set`,
      '3:b c\n2 2\nset\n',
    ],
    [
      `x=1 y=(2); echo "$x $y"; args=(--port "$x"); [ -n "$y" ] && args+=("--more"); echo "\${args[@]}"`,
      '1 2\n--port 1 --more\n',
    ],
    [
      `a=(p q r); n=2; for ((i=0; i<\${#a[@]}; i++)); do echo "$i\${a[i]}"; done; for ((i=0; i<$n && i<="3"; i++)) { echo $i; }; for ((i=0; i<$(echo 2); i+=$(echo 1))); do echo s$i; done`,
      '0p\n1q\n2r\n0\n1\ns0\ns1\n',
    ],
    [
      `n=3; (( $n > 2 )) && echo more; ls 2; (( n << 1 == 6 )) && echo six; ((\n  n += 1\n)); echo $n; ((echo a); (echo b)); [[ ((1 -eq 1)) && x ]] && echo both`,
      "more\nls: cannot access '2': No such file or directory\nsix\n4\na\nb\nboth\n",
    ],
    [
      'f() { ((1)); }; f && if ((0)); then echo no; elif ! ((0)); then echo yes; fi; readonly c=1; unset c; echo $? $c',
      'yes\nbash: line 1: unset: c: cannot unset: readonly variable\n1 1\n',
    ],
    [`x=hello; echo \${x^} \${x^^}; X=AB; echo \${X,} \${X,,}`, 'Hello HELLO\naB ab\n'],
    ['x=5; declare -i x; echo $x; f() { local y; echo "[$y]"; y=1; local y; echo $y; }; y=out; f', '5\n[]\n1\n'],
    [
      `for t in a::b a::b: : ""; do IFS=: read -ra p <<< "$t"; echo -n "\${#p[@]} "; done; IFS=" :" read -ra p <<< "a :  b : "; echo "\${p[@]}"; IFS=: read x y <<< a:b:; echo $y; IFS=: read x y <<< a:b:c:; echo $y`,
      '3 3 1 0 a b\nb\nb:c:\n',
    ],
  ];
  it.each(cases)('%s', (text, output, end = 'exit 0') => {
    expect(bash(text)).toMatchObject({ output, end });
  });

  const others: [text: string, dash: string, busybox: string, end?: string][] = [
    [
      'for ((i=0; i<2; i++)); do echo $i; done',
      'sh: 1: Syntax error: Bad for loop variable\n',
      'sh: syntax error: bad for loop variable\n',
      'exit 2',
    ],
    [`x=a; echo \${x^^}; echo on`, 'sh: 1: Bad substitution\n', 'sh: syntax error: bad substitution\n', 'exit 2'],
    [`x=HOME; echo \${!x}`, 'sh: 1: Bad substitution\n', 'sh: syntax error: bad substitution\n', 'exit 2'],
    [`x=a; echo \${x@Q}; echo on`, 'sh: 1: Bad substitution\n', 'sh: syntax error: bad substitution\n', 'exit 2'],
    [
      'mapfile -t a; echo $?; readarray b; declare x; shopt -s a',
      'sh: 1: mapfile: not found\n127\nsh: 1: readarray: not found\nsh: 1: declare: not found\nsh: 1: shopt: not found\n',
      'sh: mapfile: not found\n127\nsh: readarray: not found\nsh: declare: not found\nsh: shopt: not found\n',
      'exit 127',
    ],
    ['let z=1; echo $z', 'sh: 1: let: not found\n\n', '1\n'],
    ['x=0; x+=1; echo $? $x', 'sh: 1: x+=1: not found\n127 0\n', 'sh: x+=1: not found\n127 0\n'],
    [
      'readonly a=1; unset a; echo never',
      'sh: 1: unset: a: is read only\n',
      'sh: unset: line 0: a: is read only\n',
      'exit 2',
    ],
  ];
  it.each(others)('is not known to others: %s', (text, dash, busybox, end = 'exit 0') => {
    const holds = (path: string) => !/mapfile|readarray|declare|shopt|let|=/.test(path);
    expect(playCommand(['sh', '-c', text], hostWith({}, { base: 'debian', holds }))).toMatchObject({
      output: dash,
      end,
    });
    expect(playCommand(['sh', '-c', text], hostWith({}, { base: 'busybox', holds }))).toMatchObject({
      output: busybox,
      end,
    });
  });

  it('is refused by other shells, and known to scripts by their first line', () => {
    expect(playCommand(['sh', '-c', 'echo a; b=(1)'])).toMatchObject({
      output: 'a\nsh: syntax error: unexpected "("\n',
      end: 'exit 2',
    });
    const files = {
      '/run.sh': `#!/usr/bin/env bash\na=(1 2)\necho \${a[1]}\n`,
      '/e.sh': '#!/bin/bash -e\nfalse\necho never\n',
    };
    const host = hostWith(files, { base: 'alpine' });
    const modes = { ...host, files: { ...host.files } };
    expect(playCommand(['bash', '-c', 'chmod +x /run.sh /e.sh; /run.sh; /e.sh; echo $?'], modes)).toMatchObject({
      output: '2\n1\n',
    });
  });
});
