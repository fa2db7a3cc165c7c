/** The recorded cases: scenarios that ran on a real Kubernetes 1.36.3, and manifests that were applied to it. See cases/README.md. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';
import type { KubeObject } from '../../engine/api/meta';
import type { Json } from './run';

const HERE = dirname(fileURLToPath(import.meta.url));
const FOLDER = join(HERE, 'cases');

/** A scenario and the facts of its real run. */
export interface ScenarioCase {
  readonly area: string;
  readonly name: string;
  /** The scenario's text, with the commands that stood beside it as actions. */
  readonly text: string;
  /** What is compared. */
  readonly facts: readonly string[];
  readonly kinds?: readonly string[];
  readonly durationMs: number;
  readonly expected: Json;
}

/** A manifest: an object, or a text that is wrong in some way. */
export type Manifest = KubeObject | string;

/** Manifests applied alone, and the answers. */
export interface ApplyCase {
  readonly area: string;
  readonly name: string;
  readonly setup: readonly Manifest[];
  readonly manifest?: Manifest;
  /** Applied over the manifest. */
  readonly then?: Manifest;
  /** Created beside it. */
  readonly create?: Manifest;
  /** Who asks. */
  readonly as?: string;
  readonly expected: { readonly [verb: string]: Json };
}

interface IndexRow {
  readonly name: string;
  readonly facts: readonly string[];
  readonly kinds?: readonly string[];
}

interface CommandBeside {
  readonly at: string;
  readonly command: string;
  readonly stdin?: string;
}

const read = (...path: readonly string[]): string => readFileSync(join(FOLDER, ...path), 'utf8');

function withCommands(text: string, commands: readonly CommandBeside[]): string {
  const documents = text.split(/^---$/m);
  const index = documents.findIndex((document) => /^kind: Scenario$/m.test(document));
  const scenario = parse(documents[index] as string) as { spec: { actions?: object[] } };
  const actions = commands.map(({ at, command, stdin }) => ({
    at,
    kubectl: command,
    ...(stdin === undefined ? {} : { stdin }),
  }));
  scenario.spec.actions = [...(scenario.spec.actions ?? []), ...actions];
  documents[index] = `\n${stringify(scenario)}`;
  return documents.join('---');
}

function scenarioCase(area: string, { name, facts, kinds }: IndexRow): ScenarioCase {
  const recorded = JSON.parse(read(area, `${name}.expected.json`)) as { duration: number; facts: Json };
  const beside = join(FOLDER, area, `${name}.commands.yaml`);
  const text = read(area, `${name}.yaml`);
  const commands = existsSync(beside) ? (parse(readFileSync(beside, 'utf8')) as CommandBeside[]) : [];
  return {
    area,
    name,
    text: commands.length > 0 ? withCommands(text, commands) : text,
    facts,
    kinds,
    durationMs: Math.ceil(recorded.duration / 1000) * 1000,
    expected: recorded.facts,
  };
}

const areas = (): string[] =>
  readdirSync(FOLDER, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));

/** Every scenario with a recorded run. */
export function scenarioCases(): ScenarioCase[] {
  return areas()
    .filter((area) => area !== 'apply')
    .sort()
    .flatMap((area) =>
      (parse(read(area, 'index.yaml')) as IndexRow[])
        .filter(({ name }) => existsSync(join(FOLDER, area, `${name}.expected.json`)))
        .map((row) => scenarioCase(area, row)),
    );
}

type ApplyRow = Omit<ApplyCase, 'area' | 'setup' | 'expected'> & { readonly setup?: Manifest | readonly Manifest[] };

/** Every list of manifests with recorded answers. */
export function applyCases(): ApplyCase[] {
  const files = readdirSync(join(FOLDER, 'apply')).filter((file) => file.endsWith('.yaml'));
  return files.sort().flatMap((file) => {
    const list = file.replace('.yaml', '');
    const answers = JSON.parse(read('apply', `${list}.expected.json`)) as Record<string, ApplyCase['expected']>;
    const rows = parse(read('apply', file), { maxAliasCount: 10_000 }) as ApplyRow[];
    return rows.flatMap((row) => {
      const expected = answers[row.name];
      if (!expected) return [];
      return [{ ...row, area: `apply/${list}`, setup: row.setup === undefined ? [] : [row.setup].flat(), expected }];
    });
  });
}
