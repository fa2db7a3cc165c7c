/** Starts a session of a text, with the commands that a person can give in it. */
import type { Component } from '../engine/client/component';
import { type CompositionOptions, createSimulation } from '../engine/create-simulation';
import type { NodeConfig, TimedInput } from '../engine/simulation';
import { addedNodeProblem } from '../scenario/nodes';
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

/** What is wrong with machines that were added by hand: a link may say anything. It has no place in the text. */
function refusedNodes(inputs: readonly TimedInput[]): Problem[] {
  return inputs.flatMap(({ kind, payload }) => {
    const message = kind === 'join' ? addedNodeProblem(payload as NodeConfig) : undefined;
    return message === undefined ? [] : [{ message, line: 1, column: 1, endLine: 1, endColumn: 2 }];
  });
}

/** Reads a text and starts it. */
export function openSession(
  text: string,
  user: Component,
  { seed, inputs, limits, derivedTrial, saved }: SessionOptions = {},
): { session?: Session; problems: readonly Problem[] } {
  const { scenario, problems } = parseScenario(text, { seed });
  if (!scenario) return { problems };
  const refused = refusedNodes([...(inputs ?? []), ...(saved?.branches ?? []).flatMap((branch) => branch.inputs)]);
  if (refused.length > 0) return { problems: refused };
  const start = (byHand: readonly TimedInput[]) => {
    const config = { ...scenario.config, inputs: [...scenario.config.inputs, ...byHand], limits };
    return createSimulation(config, { components: [user], derivedTrial });
  };
  return { session: new Session(text, scenario, start, { inputs, saved }), problems };
}
