/** What is known of files beside their content: links, times, owners, modes, sizes; and who may write where. */
import { expect, it } from 'vitest';
import { hostWith, play } from './shell-player';

const cases: [text: string, output: string][] = [
  ['echo a > f; ln -s f l; echo b >> l; cat f; readlink l; readlink -f l; rm l; cat f', 'a\nb\nf\n/f\na\nb\n'],
  ['mkdir -p d; ln -s d l; echo x > l/f; ls d; cd l; cat f', 'f\nx\n'],
  ['ln -s b a; ln -s a b; cat a || echo ring', "cat: can't open 'a': No such file or directory\nring\n"],
  ['ln -s nowhere l; [ -L l ] && [ ! -e l ] && echo dangling; ls -l l | cut -c1-10', 'dangling\nlrwxrwxrwx\n'],
  ['touch f; ln -s f f2; ln -s g f2; ln -sf g f2; readlink f2', 'ln: f2: File exists\ng\n'],
  [
    'touch f; stat -c "%y %s %U" f; sleep 61; echo a > f; stat -c %y f',
    '2026-01-01 00:00:00.000000000 +0000 0 root\n2026-01-01 00:00:00.000000000 +0000\n',
  ],
  ['touch -d 2025-03-04 f; ls -l f', '-rw-r--r--    1 root     root             0 Mar  4  2025 f\n'],
  [
    'touch f; chown 1000:2000 f; stat -c "%u %g" f; chgrp 5 f; ls -ln f',
    '1000 2000\n-rw-r--r--    1 1000     5                0 Jan  1 00:00 f\n',
  ],
  ['touch f; chown nosuch f', 'chown: unknown user nosuch\n'],
  ['mkdir d; touch d/f; chmod -R 700 d; stat -c %a d d/f', '700\n700\n'],
  [
    'dd if=/dev/zero of=f bs=1M count=3 status=none; stat -c %s f; cp f g; ls -lh g; du -sk f',
    '3145728\n-rw-r--r--    1 root     root          3.0M Jan  1 00:00 g\n3072\tf\n',
  ],
  ['echo hello > f; dd if=f of=g bs=2 count=2 2>&1 | head -1; cat g', '2+0 records in\nhell'],
  ['truncate -s 1k f; stat -c %s f; echo a > f; stat -c %s f', '1024\n2\n'],
  ['echo ~ ~/x "~"; HOME=/h; echo ~', '/root /root/x ~\n/h\n'],
  ['expr 3 + 4; expr 3 \\* 4; expr abc = abc; expr 1 - 1 || echo zero', '7\n12\n1\n0\nzero\n'],
  ['which sh wget nosuch', '/bin/sh\n/bin/wget\n'],
];

it.each(cases)('%s', (text, output) => {
  expect(play(text).output).toBe(output);
});

it('a disk that is full takes what there is room for', () => {
  const host = hostWith({}, { freeBytes: () => 2048 });
  expect(play('dd if=/dev/zero of=f bs=1k count=4; echo $?; stat -c %s f', host).output).toMatch(
    /^dd: error writing 'f': No space left on device\n2\+0 records in\n2\+0 records out\n2048 bytes .*\n1\n2048\n$/s,
  );
});

it('another user than root has a group, owns what it makes, and writes only where everybody may', () => {
  const host = hostWith(
    {},
    { user: 1000, groups: [3000, 2000], isShared: (path) => path.startsWith('/data'), groupAt: () => 2000 },
  );
  expect(play('id; echo a > /f; echo b > /data/f; ls -l /data/f; chown 1 /data/f; whoami', host).output).toBe(
    "uid=1000 gid=3000 groups=2000,3000\nsh: can't create /f: Permission denied\n-rw-r--r--    1 1000     2000             2 Jan  1 00:00 /data/f\nchown: /data/f: Operation not permitted\n1000\n",
  );
});
