/** A fork that comes to something else than its parent's record is found out, whatever the difference. */
import { describe, expect, it } from 'vitest';
import { createWorld } from '../../testing/world';
import type { Component, Context } from '../client/component';
import { AssertionError } from '../kernel/assertion-error';

/** Counts beside its memory, which no component may do: what it does differs from one run to the next. */
function forgetful(does: (context: Context, run: number) => void): Component {
  let starts = 0;
  return {
    name: 'forgetful',
    process: 'forgetful',
    watches: [],
    initial: () => ({}),
    start: (context) => context.after(1000, 'tick', ''),
    handle: (context) => {
      // Once in the parent's life, then once in each fork's.
      does(context, starts++);
    },
  };
}

const namespace = (name: string, run: number) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels: { run: `${run}` } },
});

describe('a fork', () => {
  it.each<[string, (context: Context, run: number) => void, string]>([
    [
      'says something else',
      ({ say }, run) => say('tick', undefined, run === 0 ? 'one' : 'two'),
      '.entry.message: kept one, should be two',
    ],
    [
      'has other evidence',
      ({ say, attach }, run) => {
        say('tick', undefined, 'ticks');
        attach({ run });
      },
      '.detail.run: kept 0, should be 1',
    ],
    [
      'writes another value',
      ({ client, say }, run) => {
        client.create(namespace('mine', run));
        say('tick', undefined, 'ticks');
      },
      ' (Namespace mine).value.metadata.labels.run: kept 0, should be 1',
    ],
    [
      'writes more',
      ({ client, say }, run) => {
        if (run > 0) client.create(namespace('mine', 0));
        say('tick', undefined, 'ticks');
      },
      '',
    ],
    [
      'fires fewer timers',
      ({ say, after, nowMs }, run) => {
        if (nowMs < 1010) after(run < 2 ? 5 : 10, 'tick', '');
        else say('tick', undefined, 'ticks');
      },
      '.fired: kept ',
    ],
  ])('that %s than its parent is an assertion', (_what, does, words) => {
    const { simulation } = createWorld({ seed: 5, nodes: 0, components: [forgetful(does)] });
    simulation.run({ timeMs: 3000 });
    const step = simulation.trace(1, simulation.step).find(({ actor }) => actor === 'forgetful')?.step ?? 0;
    let thrown: unknown;
    try {
      simulation.fork(simulation.step);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(AssertionError);
    const { message } = thrown as Error;
    expect(message).toMatch(new RegExp(`^replay differs from the record at step ${step}[.:].* \\(seed 5\\)$`));
    expect(message).toContain(words);
    expect(simulation.fork(step - 1).step).toBe(step - 1);
  });

  it('that does not get where its parent was is an assertion', () => {
    const does = ({ say }: Context, run: number) => (run === 0 ? say('tick', undefined, 'ticks') : undefined);
    const { simulation } = createWorld({ nodes: 0, components: [forgetful(does)], without: ['kube-apiserver'] });
    simulation.run({ timeMs: 3000 });
    expect(() => simulation.fork(simulation.step)).toThrow(/at step \d+: it is not reached/);
  });
});
