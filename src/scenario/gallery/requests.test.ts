/** What the scenarios about requests promise, and the acceptance list with them. */
import { expect, test, vi } from 'vitest';
import { checkExpectations } from '../../conditions/checks';
import { countsBefore } from '../../engine/traffic/counts';
import type { TrafficMemory } from '../../engine/traffic/record';
import { requestsAt } from '../../session/requests-at';
import { rolloutVariants, runVariant } from '../../testing/rollout-variants';
import { startText } from '../../testing/swarm';
import { parseScenario } from '../scenario';
import { GALLERY } from '.';

// Long on a slow machine; nothing here measures time.
vi.setConfig({ testTimeout: 300_000 + 20_000 * Number(process.env.SEEDS ?? 0) });

/** So many seeds of each variant; more with SEEDS=200. */
const SEEDS = Number(process.env.SEEDS ?? 2);

const textOf = async (name: string): Promise<string> =>
  (await GALLERY.find((entry) => entry.name === name)?.load()) ?? '';

const EXPECTING = [
  ...['rollout-drops-requests', 'rollout-without-probe', 'rollout-without-loss'],
  ...['all-on-one-node', 'spread-over-nodes', 'probe-keeps-out'],
  ...['wordpress-in-one-pod', 'drain-under-load', 'node-dies-under-load', 'what-an-ingress-answers'],
];

test.each(EXPECTING)('%s: what it expects comes true', async (name) => {
  const text = await textOf(name);
  const { scenario } = parseScenario(text);
  const expectations = (scenario?.expectations ?? []).map(({ expectation }) => expectation);
  expect(expectations.length).toBeGreaterThan(0);
  const { verdicts, problem } = checkExpectations(startText(text), expectations, scenario?.durationMs ?? 0);
  expect(problem).toBeUndefined();
  expect(
    verdicts.filter(({ met }) => !met).map(({ because, expectation }) => [expectation.program.text, because]),
  ).toEqual([]);
});

/** Why requests of a stage fail, as the sentences have it, without names and numbers. */
const CAUSES: readonly (readonly [RegExp, string])[] = [
  [/has no connection to its database .* does not listen (?:on port \d+ )?yet$/, 'its database does not listen'],
  [/was told to end/, 'told to end, and still sent to'],
  [/does not listen (?:on port \d+ )?yet/, 'sent to before it listens'],
  [/is dead: nobody answers/, 'its node is dead'],
  [/has no endpoints/, 'nobody is left'],
];

test.each([
  [
    'wordpress-in-one-pod',
    'http-500 no-endpoints refused',
    'its database does not listen; nobody is left; told to end, and still sent to',
  ],
  ['all-on-one-node', 'no-endpoints refused timeout', 'its node is dead; nobody is left; sent to before it listens'],
  [
    'spread-over-nodes',
    'refused timeout',
    'its node is dead; sent to before it listens; told to end, and still sent to',
  ],
  ['drain-under-load', 'refused', 'sent to before it listens'],
  ['probe-keeps-out', 'refused', 'told to end, and still sent to'],
  ['rollout-drops-requests', 'refused', 'told to end, and still sent to'],
  ['rollout-without-loss', '', ''],
])('stage by stage, what fails and why: %s', async (name, reasons, causes) => {
  const text = await textOf(name);
  const simulation = startText(text);
  const endMs = parseScenario(text).scenario?.durationMs ?? 0;
  simulation.run({ timeMs: endMs });
  const counts = countsBefore(simulation.memoryOf('traffic/users') as TrafficMemory, endMs / 1000);
  expect(Object.keys(counts.failed).sort().join(' ')).toBe(reasons);
  const sentences = simulation
    .trace(1, simulation.step)
    .filter(({ actor, verb }) => actor === 'traffic/users' && verb === 'fail')
    .map(({ message }) => CAUSES.find(([pattern]) => pattern.test(message))?.[1] ?? message);
  expect([...new Set(sentences)].sort().join('; ')).toBe(causes);
});

/** `npm run bench -- --variants 200` prints the same over 200 seeds, with numbers. */
/** Scenarios whose moment shows that nothing fails. */
const WITHOUT_LOSS = new Set(['rollout-without-loss', 'probe-keeps-out']);
/** Refusals that no step led to: what is not there was never there. */
const NEVER_THERE = /nothing listens on port|no rule is for|takes \d+ ms to answer/;

test.each(GALLERY.filter(({ view }) => view === 'traffic').map(({ name }) => name))(
  '%s opens where its point is seen: what fails, with the step that led to it',
  async (name) => {
    const entry = GALLERY.find((each) => each.name === name)!;
    const simulation = startText(await entry.load());
    simulation.run({ timeMs: entry.momentMs });
    const { sources, samples } = requestsAt(simulation, entry.momentMs);
    const failures = samples.filter(({ failure }) => failure !== undefined);
    expect(sources.every(({ sent }) => sent > 0)).toBe(true);
    expect(failures.length > 0).toBe(!WITHOUT_LOSS.has(name));
    const unexplained = failures.filter(({ cause, because }) => cause === null && !NEVER_THERE.test(because));
    expect(unexplained.map(({ because }) => because)).toEqual([]);
  },
);

test('a comparison of rolling updates', async () => {
  const results = (await rolloutVariants()).map((variant) => runVariant(variant, SEEDS));
  expect(
    results.map(({ what, failing }) => `${what} ${failing === 0 ? 'none' : failing > SEEDS / 2 ? 'most' : 'some'}`),
  ).toEqual([
    'probe, no preStop, ends at once    most',
    'probe, no preStop, ends gracefully most',
    'probe, no preStop, ignores SIGTERM none',
    'no probe, preStop                  most',
    'probe, preStop, ends at once       none',
    'probe, preStop, ends gracefully    none',
  ]);
  expect(Math.max(...results.map(({ worst }) => worst))).toBeLessThan(0.03);
});
