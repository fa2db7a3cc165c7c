/** Starts a session of a text, with the commands that a person can give in it. */
import type { Component } from '../engine/client/component';
import { type CompositionOptions, createSimulation } from '../engine/create-simulation';
import type { TimedInput } from '../engine/simulation';
import { type Problem, parseScenario, type Scenario } from '../scenario/scenario';
import { type SavedSession, Session } from './session';

/** How a session begins. */
export interface SessionOptions {
  readonly seed?: number;
  /** What was done by hand (from a link), to be replayed. */
  readonly inputs?: readonly TimedInput[];
  readonly limits?: Scenario['config']['limits'];
  /** For tests of the caches; see {@link CompositionOptions}. */
  readonly derivedTrial?: CompositionOptions['derivedTrial'];
  /** In place of `inputs`: all branches of an earlier session of this text. */
  readonly saved?: Omit<SavedSession, 'text'>;
}

/** Reads a text and starts it. */
export function openSession(
  text: string,
  user: Component,
  { seed, inputs, limits, derivedTrial, saved }: SessionOptions = {},
): { session?: Session; problems: readonly Problem[] } {
  const { scenario, problems } = parseScenario(text, { seed });
  if (!scenario) return { problems };
  const start = (byHand: readonly TimedInput[]) => {
    const config = { ...scenario.config, inputs: [...scenario.config.inputs, ...byHand], limits };
    return createSimulation(config, { components: [user], derivedTrial });
  };
  return { session: new Session(text, scenario, start, { inputs, saved }), problems };
}
