import { describe, expect, it } from 'vitest';
import type { Flag } from './command';
import { parseFlags } from './flags';

const FLAGS: readonly Flag[] = [
  { name: 'namespace', short: 'n', type: 'string', default: '' },
  { name: 'all-namespaces', short: 'A', type: 'bool', default: 'false' },
  { name: 'watch', short: 'w', type: 'bool', default: 'false' },
  { name: 'replicas', type: 'int', default: '1' },
  { name: 'timeout', type: 'duration', default: '30s' },
  { name: 'filename', short: 'f', type: 'strings' },
  { name: 'from-literal', type: 'stringArray' },
  { name: 'dry-run', type: 'string', default: 'none', bare: 'unchanged' },
];

describe('parseFlags', () => {
  it.each([
    [['pods', '-n', 'shop'], ['pods'], 'shop'],
    [['-nshop', 'pods'], ['pods'], 'shop'],
    [['-n=shop', 'pods'], ['pods'], 'shop'],
    [['--namespace=shop', 'pods'], ['pods'], 'shop'],
    [['--namespace', 'shop', 'pods'], ['pods'], 'shop'],
    [['-Awn', 'shop', 'pods'], ['pods'], 'shop'],
    [['pods', '--', '-n', 'x'], ['pods', '-n', 'x'], ''],
    [['-', 'pods'], ['-', 'pods'], ''],
  ])('%j', (words, args, namespace) => {
    const parsed = parseFlags('get', FLAGS, words);
    expect(parsed.args).toEqual(args);
    expect(parsed.flags.text('namespace')).toBe(namespace);
  });

  it('reads every type, with defaults for what is absent', () => {
    const words = ['-f', 'a,b', '-f', 'c', '--from-literal=a=1,2', '--replicas=-3', '--timeout', '1m30s', '--dry-run'];
    const { flags } = parseFlags('get', FLAGS, words);
    expect(flags.list('filename')).toEqual(['a', 'b', 'c']);
    expect(flags.list('from-literal')).toEqual(['a=1,2']);
    expect(flags.int('replicas')).toBe(-3);
    expect(flags.ms('timeout')).toBe(90_000);
    expect(flags.text('dry-run')).toBe('unchanged');
    expect(flags.bool('watch')).toBe(false);
    const none = parseFlags('get', FLAGS, []).flags;
    expect([none.int('replicas'), none.ms('timeout'), none.text('dry-run'), none.given('watch')]).toEqual([
      1,
      30_000,
      'none',
      false,
    ]);
  });

  it('takes a boolean only with =', () => {
    const { args, flags } = parseFlags('get', FLAGS, ['--watch', 'false', '--all-namespaces=false']);
    expect(args).toEqual(['false']);
    expect([flags.bool('watch'), flags.bool('all-namespaces')]).toEqual([true, false]);
  });

  it.each([
    [['--bogus'], 'unknown flag: --bogus'],
    [['-Az'], "unknown shorthand flag: 'z' in -z"],
    [['-n'], "flag needs an argument: 'n' in -n"],
    [['--namespace'], 'flag needs an argument: --namespace'],
    [
      ['--replicas=many'],
      'invalid argument "many" for "--replicas" flag: strconv.ParseInt: parsing "many": invalid syntax',
    ],
    [['--timeout=5'], 'invalid argument "5" for "--timeout" flag: time: missing unit in duration "5"'],
    [
      ['-w=maybe'],
      'invalid argument "maybe" for "-w, --watch" flag: strconv.ParseBool: parsing "maybe": invalid syntax',
    ],
  ])('%j is refused in the words of pflag', (words, message) => {
    expect(() => parseFlags('get', FLAGS, words)).toThrow(`${message}\nSee 'kubectl get --help' for usage.`);
  });

  it('names required flags that are missing', () => {
    const required: readonly Flag[] = [
      { name: 'image', type: 'string', required: true },
      { name: 'age', type: 'int', required: true },
    ];
    expect(() => parseFlags('run', required, [])).toThrow('required flag(s) "age", "image" not set');
  });
});
