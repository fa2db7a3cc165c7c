/**
 * The rolling update of the WordPress article at 50 requests a second through a NodePort, between its seventh and its eighth stage: with and
 * without a readiness probe, a preStop sleep, and a server that ends gracefully. What each comes to, over some seeds.
 * Without the probe a Pod gets requests before it listens, without preStop after it has been told to stop; how it takes that makes no
 * difference once nobody sends to it any more.
 */
import { countsBefore, failedOf } from '../engine/traffic/counts';
import type { TrafficMemory } from '../engine/traffic/record';
import { GALLERY } from '../scenario/gallery';
import { startText } from './swarm';

/** A way to set it up. */
export interface RolloutVariant {
  readonly what: string;
  readonly text: string;
}

/** What a variant comes to. */
export interface VariantResult {
  readonly what: string;
  readonly seeds: number;
  /** How many seeds lost requests. */
  readonly failing: number;
  readonly sent: number;
  readonly failed: number;
  /** The share of the seed that lost the most. */
  readonly worst: number;
}

const UNTIL_MS = 110_000;

const textOf = async (name: string): Promise<string> =>
  (await GALLERY.find((entry) => entry.name === name)?.load()) ?? '';

/** The text with a server that takes SIGTERM otherwise than Apache. */
function taking(text: string, sigterm: string): string {
  const program = `{image: "wordpress:*", listen: [{port: 80, after: 1500ms}], sigterm: ${sigterm}}`;
  return text.replace('  duration:', `  programs:\n  - ${program}\n  duration:`);
}

/** Those that are compared. */
export async function rolloutVariants(): Promise<readonly RolloutVariant[]> {
  const withLoss = await textOf('rollout-drops-requests');
  const withoutLoss = await textOf('rollout-without-loss');
  return [
    { what: 'probe, no preStop, ends at once   ', text: taking(withLoss, '{exitAfter: 0s}') },
    { what: 'probe, no preStop, ends gracefully', text: withLoss },
    { what: 'probe, no preStop, ignores SIGTERM', text: taking(withLoss, 'ignore') },
    { what: 'no probe, preStop                 ', text: await textOf('rollout-without-probe') },
    { what: 'probe, preStop, ends at once      ', text: taking(withoutLoss, '{exitAfter: 0s}') },
    { what: 'probe, preStop, ends gracefully   ', text: withoutLoss },
  ];
}

/** Runs a variant with the seeds 1 to `seeds`. */
export function runVariant({ what, text }: RolloutVariant, seeds: number): VariantResult {
  let [failing, sent, failed, worst] = [0, 0, 0, 0];
  for (let seed = 1; seed <= seeds; seed++) {
    const simulation = startText(text.replace('spec:\n', `spec:\n  seed: ${seed}\n`));
    simulation.run({ timeMs: UNTIL_MS });
    const counts = countsBefore(simulation.memoryOf('traffic/users') as TrafficMemory, UNTIL_MS / 1000);
    const lost = failedOf(counts);
    if (lost > 0) failing++;
    sent += counts.sent;
    failed += lost;
    worst = Math.max(worst, lost / counts.sent);
  }
  return { what, seeds, failing, sent, failed, worst };
}
