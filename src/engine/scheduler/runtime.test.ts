import { describe, expect, it } from 'vitest';
import { addNode, podOf } from '../../testing/placement';
import { createWorld } from '../../testing/world';
import type { Pod } from '../api/types';
import type { Component } from '../client/component';
import { definePlugin, type Plugin, unresolvable, unschedulable } from './framework';
import { DEFAULT_PROFILE } from './plugins/registry';
import { createScheduler } from './scheduler';

/** What becomes of a Pod in a cluster of two Nodes when these plugins have their say before all others. */
function messageOf(plugins: readonly Plugin[], more = ''): string | undefined {
  const profile = [...plugins.map((plugin) => ({ plugin, weight: 0 })), ...DEFAULT_PROFILE];
  const world = createWorld({
    nodes: [],
    components: [createScheduler(profile) as unknown as Component],
    without: ['node-lifecycle-controller', 'taint-eviction-controller', 'pod-garbage-collector-controller'],
  });
  for (const node of ['n1', 'n2']) addNode(world, node);
  world.client.create(podOf(`name: a${more}`));
  world.runFor(100);
  const pod = world.get<Pod>('Pod', 'default', 'a');
  return pod.spec.nodeName ?? pod.status.conditions?.[0]?.message;
}

const narrowing = (name: string, nodeNames: readonly string[]): Plugin =>
  definePlugin({ name, preFilter: () => ({ nodeNames }), filter: () => undefined });

const AFTER = ' no new claims to deallocate, preemption: 0/2 nodes are available:';

describe('PreFilter', () => {
  it('may narrow the nodes down to those that several plugins agree on', () => {
    expect(messageOf([narrowing('A', ['n1', 'n2']), narrowing('B', ['n2'])])).toBe('n2');
  });

  it('says who leaves no node', () => {
    const one = "0/2 nodes are available: node(s) didn't satisfy plugin A.";
    // DynamicResources, which was not asked, finds nothing that it kept (recorded from a real scheduler).
    expect(messageOf([narrowing('A', [])])).toBe(`${one} not found`);
    const both = "0/2 nodes are available: node(s) didn't satisfy plugin(s) [A B] simultaneously.";
    expect(messageOf([narrowing('B', ['n1']), narrowing('A', ['n2'])])).toBe(`${both} not found`);
  });

  it('goes on after a refusal that preemption might mend, so that preemption can try all filters, but not after another', () => {
    const calls: string[] = [];
    const watching = definePlugin({
      name: 'Watching',
      preFilter: () => {
        calls.push('asked');
        return {};
      },
    });
    const refusing = (mendable: boolean): Plugin =>
      definePlugin({
        name: 'Refusing',
        preFilter: () => ({ status: mendable ? unschedulable('not now') : unresolvable('never') }),
      });
    expect(messageOf([refusing(true), watching])).toBe(
      `0/2 nodes are available: not now.${AFTER} 2 No preemption victims found for incoming pod.`,
    );
    expect(calls.splice(0)).toEqual(['asked']);
    expect(messageOf([refusing(false), watching])).toBe('0/2 nodes are available: never. not found');
    expect(calls).toEqual([]);
  });
});
