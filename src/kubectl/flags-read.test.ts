import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { GLOBAL } from './flag-sets';
import { COMMANDS } from './registry';

const DIRECTORY = new URL('./', import.meta.url).pathname;
const sources = new Map(
  (readdirSync(DIRECTORY, { recursive: true }) as string[])
    .filter((path) => path.endsWith('.ts') && !path.includes('.test.'))
    .map((path) => [path, readFileSync(DIRECTORY + path, 'utf8')]),
);

/** A file and all that it imports of this room. */
function reachableFrom(start: string): Set<string> {
  const seen = new Set<string>();
  const open = [start];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (seen.has(path) || !sources.has(path)) continue;
    seen.add(path);
    for (const [, target] of (sources.get(path) as string).matchAll(/from '(\.[^']*)'/g)) {
      open.push(new URL(`${target}.ts`, `file:///${path}`).pathname.slice(1));
    }
  }
  return seen;
}

/** Where a command is written: the file that has its path, or the one that makes several of its group. */
function homesOf(path: string): string[] {
  const words = path.split(' ');
  const literal = [...sources].filter(([, text]) => text.includes(`path: '${path}'`));
  const grouped = [...sources].filter(([, text]) => text.includes(`path: \`${words.slice(0, 2).join(' ')}`));
  return [...literal, ...grouped].map(([name]) => name);
}

function isRead(flag: string, text: string): boolean {
  return new RegExp(`(?:flags|flagsOf)\\.(?:given|text|bool|int|ms|list)\\(\\s*'${flag}'`).test(text);
}

describe('flags', () => {
  const declaring = COMMANDS.filter((command) => command.flags.length > 0);

  it.each(declaring.map((command) => [command.path, command] as const))(
    '%s reads every flag it declares, or says that it has no effect',
    (path, command) => {
      const homes = homesOf(path);
      expect(homes).not.toEqual([]);
      const files = new Set(homes.flatMap((home) => [...reachableFrom(home)]));
      const text = [...files, 'process.ts', 'field-owner.ts'].map((file) => sources.get(file)).join('\n');
      const unread = command.flags.filter(({ name, idle }) => idle === undefined && !isRead(name, text));
      expect(unread.map(({ name }) => name)).toEqual([]);
      const both = command.flags.filter(({ name, idle }) => idle?.says && isRead(name, text));
      expect(both.map(({ name }) => name)).toEqual([]);
    },
  );

  it('that every command takes are read, or say that they have no effect', () => {
    const all = [...sources.values()].join('\n');
    expect(GLOBAL.filter(({ name, idle }) => idle === undefined && !isRead(name, all)).map(({ name }) => name)).toEqual(
      [],
    );
  });
});
