import { describe, expect, it } from 'vitest';
import { parseArguments, UsageError } from './arguments';

const words = (line: string): string[] => (line === '' ? [] : line.split(' '));

describe('parseArguments', () => {
  it.each([
    ['run a.yaml', { command: 'run', files: ['a.yaml'], output: 'summary', rest: [] }],
    ['run a.yaml b.yaml -', { command: 'run', files: ['a.yaml', 'b.yaml', '-'] }],
    ['run --until 5m a.yaml', { files: ['a.yaml'], until: '5m' }],
    ['run a.yaml --until=90s --seed=7 -o trace', { until: '90s', seed: 7, output: 'trace' }],
    ['run a.yaml --seed=-3', { seed: -3 }],
    ['run a.yaml --output watch', { output: 'watch' }],
    [
      'kubectl a.yaml --at 30s -- get pods -o wide',
      { command: 'kubectl', at: '30s', rest: ['get', 'pods', '-o', 'wide'] },
    ],
    ['kubectl a.yaml -- logs web -- sh', { rest: ['logs', 'web', '--', 'sh'] }],
    ['run a.yaml --max-objects 5 --max-timers-per-ms=7', { limits: { maxObjects: 5, maxTimersPerMs: 7 } }],
    ['kubectl a.yaml --max-steps-per-second 9 -- get ns', { limits: { maxStepsPerSecond: 9 } }],
    ['limits', { command: 'limits', output: 'text' }],
    ['limits -o json', { command: 'limits', output: 'json' }],
    ['validate a.yaml b.yaml', { command: 'validate', files: ['a.yaml', 'b.yaml'] }],
    ['link a.yaml', { command: 'link' }],
    ['unlink https://kubestep.dev/#s=z123', { command: 'unlink', files: ['https://kubestep.dev/#s=z123'] }],
  ])('%s', (line, expected) => {
    expect(parseArguments(words(line))).toMatchObject(expected);
  });

  it.each(['-h', '--help', 'help', 'run --help'])('%s asks for help', (line) => {
    expect(parseArguments(words(line))).toBeUndefined();
  });

  it.each([
    ['', 'a command is missing'],
    ['walk a.yaml', 'unknown command "walk"'],
    ['run', 'kubestep run needs a FILE'],
    ['unlink', 'kubestep unlink needs a URL'],
    ['run a.yaml -o pdf', 'unknown format "pdf"; known: summary, watch'],
    ['run a.yaml --seed x', '--seed takes a whole number, not "x"'],
    ['run a.yaml --seed 1.5', '--seed takes a whole number'],
    ['run a.yaml --max-objects none', '--max-objects takes a whole number of at least 1, not "none"'],
    ['run a.yaml --max-revisions 0', '--max-revisions takes a whole number of at least 1'],
    ['validate a.yaml --max-objects 3', 'kubestep validate knows no --max-objects'],
    ['limits a.yaml', 'kubestep limits takes no FILE'],
    ['limits -o yaml', 'unknown format "yaml"; known: text, json'],
    ['run a.yaml --at 3s', 'kubestep run knows no --at'],
    ['validate a.yaml --seed 3', 'kubestep validate knows no --seed'],
    ['run a.yaml --colour', '--colour'],
    ['run a.yaml --until', '--until'],
    ['run a.yaml -- get pods', 'nothing can follow --'],
    ['kubectl a.yaml', 'a kubectl command is missing after --'],
    ['kubectl a.yaml --', 'a kubectl command is missing after --'],
  ])('refuses %j', (line, message) => {
    expect(() => parseArguments(words(line))).toThrow(UsageError);
    expect(() => parseArguments(words(line))).toThrow(message);
  });
});
