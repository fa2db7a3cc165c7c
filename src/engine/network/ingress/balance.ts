/** Which backend and which endpoint of it an Ingress controller sends a request to. */
import type { NetworkRequest } from '../request';
import { takes } from './canary';
import type { Flavour } from './from-ingress';
import type { Asked, Route } from './routes';
import type { IngressEndpoint } from './table';
import { type Contender, nextTurn, type Turns } from './turns';

/** What decides. */
export interface Choice {
  readonly request: NetworkRequest;
  readonly flavour: Flavour;
  /** What the controller remembers of whose turn it is. */
  readonly turns: Map<string, Turns> | undefined;
}

/** Whose turn Traefik says it is, of those behind something; what it remembers of it is noted. */
function inTurn({ turns }: Choice, of: string, contenders: readonly Contender[]): string | undefined {
  const next = nextTurn(contenders, turns?.get(of));
  if (next) turns?.set(of, next.turns);
  return next?.name;
}

/** A backend, the object whose rule leads there, and what is left of the draw for the choice among its endpoints. */
export interface Chosen {
  readonly key: string | undefined;
  readonly from: string;
  readonly draw: number;
}

/** The Service that takes a part of a rule's requests gets this one; it gets none while either of the two has no endpoint (balancer.lua). */
function viaAlternative({ request }: Choice, { from, alternative }: Route, asked: Asked, chosen: Chosen): Chosen {
  if (!alternative) return chosen;
  const { key, canary } = alternative;
  if (request.relay?.backend === key) return { ...chosen, key, from: alternative.from };
  if (request.relay?.backend === chosen.key) return chosen;
  const { isTaken, draw } = takes(canary, asked, request.draw);
  return isTaken ? { key, from: alternative.from, draw } : { ...chosen, from, draw };
}

/** Which of several backends, by their weights: nginx draws (split_clients hashes the random id of a request), Traefik lets them take turns. */
export function chosenBackend(
  choice: Choice,
  route: Route,
  asked: Asked,
  hasEndpoints: (key: string) => boolean,
): Chosen {
  const { backends, from, host, path, alternative } = route;
  const { request, flavour } = choice;
  const { draw } = request;
  const before = request.relay?.backend;
  const [only, ...others] = backends;
  if (alternative && only && hasEndpoints(alternative.key) && hasEndpoints(only.key))
    return viaAlternative(choice, route, asked, { key: only.key, from, draw });
  if (backends.some(({ key }) => key === before)) return { key: before, from, draw };
  if (others.length === 0) return { key: only && only.weight > 0 ? only.key : undefined, from, draw };
  if (flavour === 'traefik') {
    const contenders = backends.map(({ key: name, weight }) => ({ name, weight }));
    return { key: inTurn(choice, `${from} ${host}${path}`, contenders), from, draw };
  }
  return { ...drawnBackend(backends, draw), from };
}

function drawnBackend(backends: Route['backends'], draw: number): Pick<Chosen, 'key' | 'draw'> {
  const total = backends.reduce((sum, { weight }) => sum + weight, 0);
  let left = draw * total;
  for (const { key, weight } of backends) {
    if (left < weight) return { key, draw: left / weight };
    left -= weight;
  }
  return { key: undefined, draw };
}

/** The place of the endpoint that is tried first: nginx's workers take turns each by itself, so that it looks drawn; Traefik takes turns. */
export function firstEndpoint(choice: Choice, backend: string, endpoints: readonly IngressEndpoint[]): number {
  const { request, flavour } = choice;
  const before = endpoints.findIndex(({ address }) => address === request.relay?.endpoint);
  if (before >= 0) return before;
  if (flavour === 'nginx' || endpoints.length === 1) return Math.floor(request.draw * endpoints.length);
  const next = inTurn(
    choice,
    backend,
    endpoints.map(({ address }) => ({ name: address, weight: 1 })),
  );
  return endpoints.findIndex(({ address }) => address === next);
}
