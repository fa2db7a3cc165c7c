import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { parse, stringify } from 'yaml';
import { findResource } from '../engine/api/scheme';
import { isCommandResult } from '../session/run-command';
import { createSession, type Session } from '../session/session';
import { validateText } from '../session/validate';
import { complaintsOf, historyOf } from './checkers/history';
import { CHECKERS } from './checkers/registry';

// Long on a slow machine; nothing here measures time.
vi.setConfig({ testTimeout: 120_000 });

/** Cases recorded on a real cluster, where they are to be had: a folder beside the repository, or the one that is named. */
const folder = process.env.KUBESTEP_VECTORS ?? fileURLToPath(new URL('../../../shared/vectors', import.meta.url));
const isThere = existsSync(folder);

interface Case {
  readonly name: string;
  readonly setup?: readonly object[];
  /** An object, or YAML text that is wrong in some way. */
  readonly manifest?: object | string;
  readonly then?: object | string;
  readonly create?: object | string;
}

const areas = isThere ? readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()) : [];
const scenarios = areas.flatMap(({ name: area }) =>
  readdirSync(join(folder, area))
    .filter((file) => file.endsWith('.yaml') && !/^index|\.commands\.yaml$/.test(file) && area !== 'apply')
    .map((file) => `${area}/${file}`),
);
const applied = areas.some(({ name }) => name === 'apply')
  ? readdirSync(join(folder, 'apply'))
      .filter((file) => file.endsWith('.yaml'))
      .map((file) => [file, parse(readFileSync(join(folder, 'apply', file), 'utf8')) as Case[]] as const)
  : [];

const documentsOf = (one: Case): (object | string)[] =>
  [...(one.setup ?? []), one.manifest, one.then, one.create].filter((document) => document !== undefined);

/** Kinds that a text uses and that are not simulated must be named in what people read. */
function expectClearMessages(text: string, said: string, name: string): void {
  for (const [, kind = ''] of text.matchAll(/^kind: (\w+)$/gm)) {
    if (kind !== 'Scenario' && kind !== 'List' && !findResource(kind)) expect(said, name).toContain(`"${kind}"`);
  }
}

function messagesOf({ simulation }: Session): string {
  const said: string[] = [];
  for (let step = 1; step <= simulation.step; step++) {
    const detail = simulation.detailAt(step);
    if (isCommandResult(detail)) said.push(detail.stdout, detail.stderr);
  }
  return said.join('\n');
}

describe.runIf(isThere)('recorded cases', () => {
  it.each(scenarios)('%s runs to its end', (path) => {
    const text = readFileSync(join(folder, path), 'utf8');
    const { session, problems } = createSession(text);
    expect(problems.map(({ line, message }) => `${line}: ${message}`)).toEqual([]);
    const { simulation, scenario } = session as Session;
    expect(simulation.run({ timeMs: scenario.durationMs })).toEqual({ stopped: 'time' });
    expect(complaintsOf(historyOf(simulation), CHECKERS)).toEqual([]);
    expectClearMessages(text, messagesOf(session as Session), path);
  });

  it.each(applied)('%s: each case gets an answer', (_file, cases) => {
    for (const one of cases) {
      const text = documentsOf(one)
        .map((document) =>
          typeof document === 'string' ? document : stringify(document, { aliasDuplicateObjects: false }),
        )
        .join('\n---\n');
      const { session, problems } = createSession(text);
      expect(session, one.name).toBeDefined();
      const wrong = problems.map(({ message }) => message);
      expect(wrong, one.name).not.toContain('');
      expect(session?.simulation.run({ timeMs: 2000 }), one.name).toEqual({ stopped: 'time' });
      if (wrong.length === 0) expectClearMessages(text, messagesOf(session as Session), one.name);
      for (const { line, message } of validateText(text)) {
        expect(line, one.name).toBeGreaterThan(0);
        expect(message, one.name).not.toBe('');
      }
    }
  });
});
