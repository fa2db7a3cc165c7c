import { describe, expect, it } from 'vitest';
import type { PersistentVolume, PersistentVolumeClaim } from './types';
import { findMatchingVolume, type Search, whyNotSatisfied } from './volume-matching';

const NOW: Search = { delayed: false };

/** `name size modes` and then `key=value` of spec, labels or phase. */
function volume(text: string): PersistentVolume {
  const [name = '', storage = '', modes = '', ...rest] = text.split(' ');
  const more = new Map(rest.map((pair) => pair.split('=') as [string, string]));
  const owner = more.get('claim');
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: {
      name,
      labels: more.has('tier') ? { tier: more.get('tier') as string } : {},
      ...(more.has('going') ? { deletionTimestamp: 'now' } : {}),
    },
    spec: {
      capacity: { storage },
      accessModes: modes.split(','),
      storageClassName: more.get('class'),
      volumeMode: more.get('mode'),
      ...(owner ? { claimRef: { namespace: 'default', name: owner } } : {}),
    },
    status: { phase: more.get('phase') ?? 'Available' },
  };
}

function claim(size: string, more: object = {}): PersistentVolumeClaim {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'c', namespace: 'default', uid: 'u' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: size } }, ...more },
    status: {},
  };
}

describe('the volume for a claim', () => {
  it.each([
    [
      'the smallest that is large enough',
      claim('6Gi'),
      ['a 5Gi ReadWriteOnce', 'b 20Gi ReadWriteOnce', 'c 10Gi ReadWriteOnce'],
      'c',
    ],
    ['of equal ones the first by name', claim('1Gi'), ['b 2Gi ReadWriteOnce', 'a 2Gi ReadWriteOnce'], 'a'],
    ['fewer modes before less space', claim('1Gi'), ['a 2Gi ReadWriteOnce,ReadWriteMany', 'b 9Gi ReadWriteOnce'], 'b'],
    [
      'one that is meant for it, however large',
      claim('1Gi'),
      ['a 1Gi ReadWriteOnce', 'b 9Gi ReadWriteOnce claim=c'],
      'b',
    ],
    ['none that is meant for another', claim('1Gi'), ['a 1Gi ReadWriteOnce claim=other'], undefined],
    ['none without its mode', claim('1Gi', { accessModes: ['ReadWriteMany'] }), ['a 1Gi ReadWriteOnce'], undefined],
    [
      'only one of its class',
      claim('1Gi', { storageClassName: 'fast' }),
      ['a 1Gi ReadWriteOnce', 'b 2Gi ReadWriteOnce class=fast'],
      'b',
    ],
    ['none with a class when it has none', claim('1Gi'), ['a 1Gi ReadWriteOnce class=fast'], undefined],
    [
      'only one with its labels',
      claim('1Gi', { selector: { matchLabels: { tier: 'gold' } } }),
      ['a 1Gi ReadWriteOnce', 'b 2Gi ReadWriteOnce tier=gold'],
      'b',
    ],
    ['no device for a file system', claim('1Gi'), ['a 1Gi ReadWriteOnce mode=Block'], undefined],
    ['none that is Released', claim('1Gi'), ['a 1Gi ReadWriteOnce phase=Released'], undefined],
    ['none that is going', claim('1Gi'), ['a 1Gi ReadWriteOnce going=yes'], undefined],
  ])('is %s', (_what, wanted, volumes, expected) => {
    expect(findMatchingVolume(wanted, volumes.map(volume), NOW).volume?.metadata.name).toBe(expected);
  });

  it('waits for the first consumer, unless one is meant for it or the scheduler asks for a node', () => {
    const volumes = ['a 1Gi ReadWriteOnce', 'b 2Gi ReadWriteOnce'].map(volume);
    const find = (search: Search) => findMatchingVolume(claim('1Gi'), volumes, search).volume?.metadata.name;
    expect(find({ delayed: true })).toBeUndefined();
    expect(find({ delayed: true, reaches: ({ metadata }) => metadata.name === 'b' })).toBe('b');
    expect(find({ delayed: true, reaches: () => true, excluded: new Set(['a']) })).toBe('b');
    const reserved = [...volumes, volume('z 5Gi ReadWriteOnce claim=c')];
    expect(findMatchingVolume(claim('1Gi'), reserved, { delayed: true }).volume?.metadata.name).toBe('z');
  });

  it('is not the one meant for it where another offers fewer access modes, unless the scheduler asks', () => {
    const volumes = ['a 9Gi ReadWriteOnce', 'b 1Gi ReadWriteOnce,ReadOnlyMany claim=c'].map(volume);
    const find = (search: Search) => findMatchingVolume(claim('1Gi'), volumes, search);
    expect(find(NOW)).toEqual({
      volume: volumes[0],
      verdicts: [
        { volume: 'b', problem: 'offers more modes than a' },
        { volume: 'a', problem: '' },
      ],
    });
    expect(find({ delayed: true }).volume?.metadata.name).toBe('b');
    expect(find({ delayed: true, reaches: () => true }).volume?.metadata.name).toBe('b');
  });

  it('says of each other volume why not', () => {
    const volumes = [
      'a 1Gi ReadWriteOnce',
      'b 9Gi ReadWriteOnce',
      'c 5Gi ReadWriteOnce class=fast',
      'd 5Gi ReadWriteOnce',
    ];
    expect(findMatchingVolume(claim('2Gi'), volumes.map(volume), NOW).verdicts).toEqual([
      { volume: 'a', problem: 'too small (1Gi < 2Gi)' },
      { volume: 'c', problem: 'is of class fast' },
      { volume: 'b', problem: 'larger than d' },
      { volume: 'd', problem: '' },
    ]);
  });

  it.each([
    ['as large, and later', ['a 1Gi ReadWriteOnce', 'b 1Gi ReadWriteOnce'], 'as large as a, which comes first'],
    [
      'as large, and looked at first',
      ['b 1Gi ReadWriteOnce', 'a 1Gi ReadWriteOnce'],
      'as large as a, which comes first',
    ],
    [
      'smaller with more modes',
      ['b 1Gi ReadWriteOnce,ReadOnlyMany', 'a 2Gi ReadWriteOnce'],
      'offers more modes than a',
    ],
    ['larger', ['a 1Gi ReadWriteOnce', 'b 1025Mi ReadWriteOnce'], 'larger than a'],
  ])('says of one that would do too why it is not taken: %s', (_what, volumes, problem) => {
    const { verdicts } = findMatchingVolume(claim('1Gi'), volumes.map(volume), NOW);
    expect(verdicts).toContainEqual({ volume: 'b', problem });
    expect(verdicts).toContainEqual({ volume: 'a', problem: '' });
  });
});

it.each([
  ['requested PV is too small', 'a 1Gi ReadWriteOnce'],
  ['storageClassName does not match', 'a 5Gi ReadWriteOnce class=fast'],
  ['incompatible volumeMode', 'a 5Gi ReadWriteOnce mode=Block'],
  ['incompatible accessMode', 'a 5Gi ReadOnlyMany'],
  ['the volume is marked for deletion "a"', 'a 5Gi ReadWriteOnce going=yes'],
  ['', 'a 5Gi ReadWriteOnce'],
])('a volume named by a claim: %s', (why, text) => {
  expect(whyNotSatisfied(claim('2Gi'), volume(text))).toBe(why);
});
