/** All fuzz targets, and how one case of one is run. */
import { Dice } from './dice';
import { kubectlLines } from './kubectl-lines';
import { links } from './links';
import { manifests } from './manifests';
import { shellPrograms } from './shell-programs';
import type { FuzzTarget } from './target';
import { texts } from './texts';

/** Every target, in the order in which they take turns. */
export const targets = (): readonly FuzzTarget[] => [kubectlLines, manifests(), shellPrograms, texts(), links];

/** A case that was run. */
export interface FuzzCase {
  readonly input: string;
  /** What is wrong; empty when all is well. */
  readonly complaints: readonly string[];
}

/** Draws and judges one case. */
export function runCase(target: FuzzTarget, seed: number): FuzzCase {
  const input = target.draw(new Dice(target.name, seed));
  try {
    return { input, complaints: target.judge(input) };
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { input, complaints: [`throws ${text.split('\n').slice(0, 4).join(' ← ')}`] };
  }
}
