/** Which backend and which endpoint of it an Ingress controller sends a request to. */
import type { NetworkRequest } from '../request';
import type { Flavour } from './from-ingress';
import type { Route } from './routes';
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

/** Which of several backends, by their weights: nginx draws (split_clients hashes the random id of a request), Traefik lets them take turns. */
export function chosenBackend(choice: Choice, { backends, from, host, path }: Route): string | undefined {
  const { request, flavour } = choice;
  const before = request.relay?.backend;
  if (backends.some(({ key }) => key === before)) return before;
  const [only, ...others] = backends;
  if (others.length === 0) return only && only.weight > 0 ? only.key : undefined;
  if (flavour === 'traefik') {
    const contenders = backends.map(({ key: name, weight }) => ({ name, weight }));
    return inTurn(choice, `${from} ${host}${path}`, contenders);
  }
  return drawnBackend(backends, request.draw);
}

function drawnBackend(backends: Route['backends'], draw: number): string | undefined {
  const total = backends.reduce((sum, { weight }) => sum + weight, 0);
  let left = draw * total;
  for (const { key, weight } of backends) {
    left -= weight;
    if (left < 0) return key;
  }
  return undefined;
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
